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
} as const
