import { type Code, isCode } from '../../base/words/index.ts'
import type { Writer } from './writer.ts'

/** How a limit source is called in the report, and what it means that it bound. */
export interface LimitWords {
  readonly label: string
  readonly meaning: string
}

/** What it means that a source of the list bound; its name is the code with `.name`. */
const meanings: Readonly<Record<string, Code>> = {
  'site.limit': 'site.limit',
  'driver.stay': 'driver.stay',
  'cabinet.share': 'report.heldBy.cabinetShare',
  'charger.maxVoltage': 'report.heldBy.chargerVoltage',
  'charger.maxCurrent': 'report.heldBy.chargerCurrent',
  'charger.maxPower': 'report.heldBy.chargerPower',
  'charger.derating': 'report.heldBy.chargerDerating',
  'cable.maxCurrent': 'report.heldBy.cableCurrent',
  'adapter.maxVoltage': 'report.heldBy.adapterVoltage',
  'adapter.maxCurrent': 'report.heldBy.adapterCurrent',
  'adapter.maxPower': 'report.heldBy.adapterPower',
  'adapter.temperature': 'report.heldBy.adapterTemperature',
  'vehicle.maxCurrent': 'report.heldBy.vehicleCurrent',
  'vehicle.maxPower': 'report.heldBy.vehiclePower',
  'vehicle.lowVoltage': 'report.heldBy.vehicleLowVoltage',
  'vehicle.chargeCurve': 'report.heldBy.vehicleCurve',
}

/** Sources that name a part of the site, `circuit.<id>` and `cabinet.<id>`: name and meaning. */
const parts: Readonly<Record<string, readonly [name: Code, meaning: Code]>> = {
  circuit: ['report.limit.circuit', 'report.heldBy.circuit'],
  cabinet: ['report.limit.cabinet', 'report.heldBy.cabinet'],
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | null {
  return Object.hasOwn(record, key) ? (record[key] ?? null) : null
}

/** Words of a limit source; one that is not known keeps its code. */
export function limitWords(source: string, writer: Writer): LimitWords {
  const name = `${source}.name`
  const meaning = writer.say(own(meanings, source) ?? 'report.heldBy.other')
  if (isCode(name)) return { label: writer.say(name), meaning }
  const [kind = '', ...rest] = source.split('.')
  const part = own(parts, kind)
  if (part === null) return { label: source, meaning }
  return { label: writer.say(part[0], { id: rest.join('.') }), meaning: writer.say(part[1]) }
}

/** Limit sources that held energy back, most first; equal ones by name. */
export function heldBackSources(heldBack_kWh: Readonly<Record<string, number>>): readonly [string, number][] {
  return Object.entries(heldBack_kWh)
    .filter(([, energy_kWh]) => energy_kWh > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
}
