import type { Code } from '../../base/words/index.ts'
import type { Writer } from './writer.ts'

/** How a limit source is called in the report, and what it means that it bound. */
export interface LimitWords {
  readonly label: string
  readonly meaning: string
}

type CodePair = readonly [label: Code, meaning: Code]

const single: Readonly<Record<string, CodePair>> = {
  'site.limit': ['report.limit.site', 'report.limit.siteMeaning'],
  'cabinet.share': ['report.limit.cabinetShare', 'report.limit.cabinetShareMeaning'],
  'charger.maxVoltage': ['report.limit.chargerVoltage', 'report.limit.chargerVoltageMeaning'],
  'charger.maxCurrent': ['report.limit.chargerCurrent', 'report.limit.chargerCurrentMeaning'],
  'charger.maxPower': ['report.limit.chargerPower', 'report.limit.chargerPowerMeaning'],
  'charger.derating': ['report.limit.chargerDerating', 'report.limit.chargerDeratingMeaning'],
  'cable.maxCurrent': ['report.limit.cableCurrent', 'report.limit.cableCurrentMeaning'],
  'adapter.maxVoltage': ['report.limit.adapterVoltage', 'report.limit.adapterVoltageMeaning'],
  'adapter.maxCurrent': ['report.limit.adapterCurrent', 'report.limit.adapterCurrentMeaning'],
  'adapter.maxPower': ['report.limit.adapterPower', 'report.limit.adapterPowerMeaning'],
  'adapter.temperature': ['report.limit.adapterTemperature', 'report.limit.adapterTemperatureMeaning'],
  'vehicle.maxCurrent': ['report.limit.vehicleCurrent', 'report.limit.vehicleCurrentMeaning'],
  'vehicle.maxPower': ['report.limit.vehiclePower', 'report.limit.vehiclePowerMeaning'],
  'vehicle.lowVoltage': ['report.limit.vehicleLowVoltage', 'report.limit.vehicleLowVoltageMeaning'],
  'vehicle.chargeCurve': ['report.limit.vehicleCurve', 'report.limit.vehicleCurveMeaning'],
}

/** Sources that name a part of the site: `circuit.<id>`, `cabinet.<id>`. */
const named: Readonly<Record<string, CodePair>> = {
  circuit: ['report.limit.circuit', 'report.limit.circuitMeaning'],
  cabinet: ['report.limit.cabinet', 'report.limit.cabinetMeaning'],
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | null {
  return Object.hasOwn(record, key) ? (record[key] ?? null) : null
}

/** Words of a limit source; one that is not known keeps its code. */
export function limitWords(source: string, writer: Writer): LimitWords {
  const [kind = '', ...rest] = source.split('.')
  const pair = own(single, source) ?? own(named, kind)
  if (pair === null) return { label: source, meaning: writer.say('report.limit.otherMeaning') }
  return { label: writer.say(pair[0], { id: rest.join('.') }), meaning: writer.say(pair[1]) }
}

/** Limit sources that held energy back, most first; equal ones by name. */
export function heldBackSources(heldBack_kWh: Readonly<Record<string, number>>): readonly [string, number][] {
  return Object.entries(heldBack_kWh)
    .filter(([, energy_kWh]) => energy_kWh > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
}
