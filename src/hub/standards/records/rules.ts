import type { Path } from '../../../base/documents/index.ts'
import type { Catalogue, Kind, RecordTypes } from '../catalogue/index.ts'
import type { Adapter, Charger, Curve, Vehicle } from '../schema/index.ts'
import { type Broken, broken, inOrder, risingTemperatures } from './broken.ts'
import { ofComponent } from './component-rules.ts'

/** C5: states of charge rise. */
function risingPoints(curve: Curve): readonly Broken[] {
  return curve.points.flatMap(([soc_frac], index) => {
    const [before] = curve.points[index - 1] ?? []
    if (before === undefined || before < soc_frac) return []
    return [broken(['points', index], 'catalogue.curve.notRising', { before, soc: soc_frac })]
  })
}

/** C6: a class shape is a share of the peak, and reaches it. */
function shapeOfPeak(curve: Curve): readonly Broken[] {
  if (curve.kind !== 'classShape') return []
  const highest = Math.max(...curve.points.map(([, share]) => share))
  return highest === 1 ? [] : [broken(['points'], 'catalogue.curve.peakOfShape', { highest })]
}

/** C8: an inlet or a low-voltage strategy names only options the vehicle has. */
function knownOptions(vehicle: Vehicle): readonly Broken[] {
  const named: readonly (readonly [Path, string | null])[] = [
    ...vehicle.inlets.map(({ option }, index) => [['inlets', index, 'option'], option] as const),
    [['lowVoltage', 'option'], vehicle.lowVoltage.option],
  ]
  return named.flatMap(([path, option]) => {
    if (option === null || Object.hasOwn(vehicle.options, option)) return []
    return [broken(path, 'catalogue.unknownOption', { option, known: Object.keys(vehicle.options) })]
  })
}

function ofVehicle(vehicle: Vehicle): readonly Broken[] {
  return [
    ...inOrder(['modelYears'], vehicle.modelYears.from, vehicle.modelYears.to),
    ...vehicle.inlets.flatMap(({ modelYears: { from, to } }, index) =>
      inOrder(['inlets', index, 'modelYears'], from, to),
    ),
    ...inOrder(['pack', 'usable_kWh'], vehicle.pack.usable_kWh, vehicle.pack.gross_kWh),
    ...inOrder(['pack', 'nominal_V'], vehicle.pack.nominal_V, vehicle.pack.max_V),
    ...knownOptions(vehicle),
  ]
}

/** C10: an EVSE cannot have more live plugs, or guns on one vehicle, than plugs. */
function livePlugs(charger: Charger): readonly Broken[] {
  return charger.evses.flatMap((evse, index) => {
    const plugs = evse.connectors.length
    return (['live', 'gunsPerVehicle'] as const).flatMap((key) =>
      evse[key] <= plugs
        ? []
        : [broken(['evses', index, key], 'catalogue.evse.tooManyLive', { count: evse[key], plugs })],
    )
  })
}

function ofCharger(charger: Charger): readonly Broken[] {
  const outlets = charger.evses.flatMap((evse, evseIndex) =>
    evse.connectors.flatMap((outlet, index) =>
      inOrder(['evses', evseIndex, 'connectors', index, 'minVoltage_V'], outlet.minVoltage_V, outlet.maxVoltage_V),
    ),
  )
  return [...outlets, ...risingTemperatures(charger.cabinet.derating, ['cabinet', 'derating']), ...livePlugs(charger)]
}

/** C11: only an active adapter speaks a protocol of its own, and it must say which. */
function translation(adapter: Adapter): readonly Broken[] {
  const active = adapter.kind === 'active'
  if (active === adapter.vehicleProtocols.length > 0) return []
  const code = active ? 'catalogue.adapter.noTranslation' : 'catalogue.adapter.passiveTranslates'
  return [broken(['kind'], code, { kind: adapter.kind })]
}

const none = (): readonly Broken[] => []

const rules: { readonly [K in Kind]: (record: RecordTypes[K], catalogue: Catalogue) => readonly Broken[] } = {
  connectors: none,
  swapInterfaces: none,
  protocols: none,
  pairingRules: none,
  adapters: translation,
  vehicles: ofVehicle,
  chargers: ofCharger,
  swapStations: none,
  curves: (curve) => [...risingPoints(curve), ...shapeOfPeak(curve)],
  components: ofComponent,
}

/** What is wrong with one record beyond its schema, as far as the records it names are in the catalogue. */
export function brokenRules<K extends Kind>(kind: K, record: RecordTypes[K], catalogue: Catalogue): readonly Broken[] {
  return rules[kind](record, catalogue)
}
