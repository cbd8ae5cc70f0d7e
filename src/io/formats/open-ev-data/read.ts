import type { Checked, Problem } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import type { Curve, Inlet, Vehicle } from '../../../hub/standards/schema/index.ts'
import { Fields } from '../json/fields.ts'
import { type JsonRecord, jsonRecords } from '../json/records.ts'
import { type TextSource, Unreadable } from '../sessions/source.ts'

/** Where a vehicle is sold decides which plug "ccs" is. */
export type OpenEvMarket = 'EU' | 'NA'

type CurveRecord = Pick<Curve, 'id' | 'name' | 'kind' | 'points' | 'attribution' | 'sources' | 'confidence' | 'notes'>
type InletRecord = Pick<Inlet, 'connector' | 'market' | 'dc' | 'maxPower_kW'>

/** A vehicle with what the data set says; what it does not say is left to be unknown. */
interface VehicleRecord extends Pick<Vehicle, 'id' | 'make' | 'model' | 'class' | 'maxPower_kW' | 'protocols'> {
  readonly modelYears: { readonly from: number }
  readonly inlets: readonly InletRecord[]
  readonly pack: { readonly usable_kWh: number; readonly class_V: number }
  readonly lowVoltage: { readonly strategy: 'unknown' }
  readonly curve: { readonly id: string; readonly confidence: 'reported' | 'uncertain' }
  readonly sources: readonly string[]
  readonly confidence: 'uncertain'
}

/** A file of own records: written as JSON it is YAML too. */
export interface OpenEvRecords {
  readonly sources: Readonly<Record<string, string>>
  readonly vehicles: readonly VehicleRecord[]
  readonly curves: readonly CurveRecord[]
}

const SOURCE = 'open-ev-data-import'
/** The licence of the data set asks for this line wherever its curves are shown. */
const ATTRIBUTION = 'Open EV Data (https://github.com/KilowattApp/open-ev-data)'

/** Plugs of the data set, and what vehicles with them speak as a rule; the data set itself says nothing of protocols. */
const ports: Readonly<Record<string, { plug: Readonly<Record<OpenEvMarket, string>>; protocols: readonly string[] }>> =
  {
    ccs: { plug: { EU: 'ccs2', NA: 'ccs1' }, protocols: ['din_70121', 'iso_15118_2'] },
    chademo: { plug: { EU: 'chademo', NA: 'chademo' }, protocols: ['chademo_1_0'] },
    tesla_suc: { plug: { EU: 'type2_tesla_dc', NA: 'nacs' }, protocols: ['tesla_swcan'] },
    tesla_ccs: { plug: { EU: 'ccs2', NA: 'nacs' }, protocols: ['tesla_swcan', 'din_70121', 'iso_15118_2'] },
  }

function slug(text: string): string {
  const letters = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  return letters.replace(/^-+|-+$/g, '')
}

/** Points as shares and kW, or why they are no curve. */
function pointsOf(fields: Fields): Curve['points'] | Coded {
  const listed = fields.value('dc_charger.charging_curve')
  const points = (Array.isArray(listed) ? listed : []).map((point): [number, number] => {
    const { percentage, power } = Object(point) as { percentage?: unknown; power?: unknown }
    return [Number(percentage) / 100, Number(power)]
  })
  const isCurve = points.every(([soc_frac, power_kW], at) => {
    const before_frac = points[at - 1]?.[0] ?? Number.NEGATIVE_INFINITY
    return soc_frac > before_frac && soc_frac >= 0 && soc_frac <= 1 && power_kW >= 0
  })
  return isCurve && points.length > 1 ? points : { code: 'openEvData.noCurve', params: {} }
}

function textsAt(fields: Fields, path: string): readonly string[] {
  const value = fields.value(path)
  return Array.isArray(value) ? value.map(String) : []
}

/** Turns records of the data set into ours, one after the other, so that names can be told apart. */
class Importer {
  readonly vehicles: VehicleRecord[] = []
  readonly curves: CurveRecord[] = []
  readonly #market: OpenEvMarket
  readonly #ids = new Set<string>()

  constructor(market: OpenEvMarket) {
    this.#market = market
  }

  /** Enters a vehicle with its curve; or why it is left out. */
  take(value: unknown): Coded | null {
    const fields = new Fields(value)
    const [make, model, variant = ''] = [fields.text('brand'), fields.text('model'), fields.optionalText('variant')]
    const year = fields.number('release_year')
    const maxPower_kW = fields.number('dc_charger.max_power')
    const pack = { usable_kWh: fields.number('usable_battery_size'), class_V: fields.number('charging_voltage') }
    const known = textsAt(fields, 'dc_charger.ports').flatMap((port) => ports[port] ?? [])
    const points = pointsOf(fields)
    if (fields.fault !== null) return fields.fault
    if (known.length === 0) return { code: 'openEvData.noPlug', params: { ports: textsAt(fields, 'dc_charger.ports') } }
    if ('code' in points) return points
    const name = [model, variant].filter((part) => part !== '').join(' ')
    const id = this.#newId(slug(`${make} ${name} ${year}`))
    const isDefault = fields.value('dc_charger.is_default_charging_curve') !== false
    const about = { make, model: name, class: 'car', modelYears: { from: year }, pack, maxPower_kW } as const
    this.#enter({ id, ...about }, known, isDefault ? 'uncertain' : 'reported')
    this.#enterCurve(id, `${make} ${name} ${year}`, points, isDefault)
    return null
  }

  #enter(
    about: Pick<VehicleRecord, 'id' | 'make' | 'model' | 'class' | 'modelYears' | 'pack' | 'maxPower_kW'>,
    known: readonly (typeof ports)[string][],
    confidence: 'reported' | 'uncertain',
  ): void {
    const market = this.#market
    const { maxPower_kW, id } = about
    const plugs = [...new Set(known.map(({ plug }) => plug[market]))]
    this.vehicles.push({
      ...about,
      inlets: plugs.map((connector) => ({ connector, market, dc: true, maxPower_kW })),
      lowVoltage: { strategy: 'unknown' },
      protocols: [...new Set(known.flatMap(({ protocols }) => protocols))],
      curve: { id, confidence },
      sources: [SOURCE],
      confidence: 'uncertain',
    })
  }

  #enterCurve(id: string, name: string, points: Curve['points'], isDefault: boolean): void {
    const confidence = isDefault ? ('uncertain' as const) : ('reported' as const)
    const notes = isDefault ? 'default shape of the data set' : ''
    const attribution = ATTRIBUTION
    this.curves.push({ id, name, kind: 'openEvData', points, attribution, sources: [SOURCE], confidence, notes })
  }

  #newId(wanted: string): string {
    let id = wanted
    for (let number = 2; this.#ids.has(id); number++) id = `${wanted}-${number}`
    this.#ids.add(id)
    return id
  }
}

function leftOut(file: string, reason: Coded, { line, column, index }: JsonRecord['place']): Problem {
  const path = index === undefined ? {} : { path: `[${index}]` }
  return { severity: 'warning', ...reason, at: { file, line, column }, ...path }
}

/**
 * Reads Open EV Data (`ev-data.json`) into records of vehicles and curves for a folder of own records. Vehicles without
 * a plug or a curve for direct current are left out and told as warnings. Protocols follow from the plug and are
 * uncertain, and so is the default curve the data set gives to most vehicles.
 */
export async function readOpenEvData(source: TextSource, market: OpenEvMarket): Promise<Checked<OpenEvRecords>> {
  const importer = new Importer(market)
  const warnings: Problem[] = []
  try {
    for await (const records of jsonRecords(source, ['data'])) {
      for (const { value, place } of records) {
        const reason = importer.take(value)
        if (reason !== null) warnings.push(leftOut(source.file, reason, place))
      }
    }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, problems: error.problems }
    throw error
  }
  const { vehicles, curves } = importer
  if (vehicles.length > 0)
    return { ok: true, value: { sources: { [SOURCE]: ATTRIBUTION }, vehicles, curves }, warnings }
  const at = { file: source.file, line: 0, column: 0 }
  return { ok: false, problems: [{ severity: 'error', code: 'openEvData.nothing', params: {}, at }, ...warnings] }
}
