/** What can be wrong with components of charging systems, and how they are called. */
export const components = {
  'catalogue.unknown.components': '"{id}" is no known component',
  'catalogue.component.wrongType': '"{id}" is of type {found}, {wanted} is needed here',
  'catalogue.component.uncooled': 'the cable is cooled by air only, so it has no {part}',
  'catalogue.component.ladder': 'the temperatures must rise from recover_degC over drop_degC to trip_degC',
  'catalogue.component.outOfReach': 'no module reaches output {output}',
  'catalogue.component.noOutput': 'there is no output {output}; the highest is {outputs}',
  'catalogue.component.rows': '{count} rows for {wanted} {what}',
  'catalogue.component.noModule': 'there is no module {module}; the highest is {modules}',
  'catalogue.kind.components': 'parts of charging systems: cables, modules, matrices, protection',
  'site.unknownCable': 'the catalogue has no cable "{name}"',
  'site.unknownModule': 'the catalogue has no power module "{name}"',
  'site.unknownMatrix': 'the catalogue has no switching matrix "{name}"',
  'site.moduleTwice': '"modules" says how large a module is, so "module_kW" is not stated as well',
  'site.modulesTooWeak': 'its modules give {given_kW} kW, less than its {power_kW} kW',
  'site.cableOfOtherPlug': 'cable "{cable}" is made for {connectors}, not for {connector}',
  'site.cableVoltage': 'cable "{cable}" is made for {max_V} V, the plug gives {wanted_V} V',
} as const
