import type { Checked, Problem } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import type { Curve, Inlet, Vehicle } from '../../../hub/standards/schema/index.ts'
import { Fields } from '../json/fields.ts'
import { type JsonRecord, jsonRecords } from '../json/records.ts'
import { type TextSource, Unreadable } from '../sessions/source.ts'

/** Where a vehicle is sold decides which plug "ccs" is. */
export const openEvMarkets = ['EU', 'NA'] as const
export type OpenEvMarket = (typeof openEvMarkets)[number]

/** What is wanted of the data set. */
export interface OpenEvOptions {
  readonly market: OpenEvMarket
  /** Ids that are in use; a vehicle that would get one of them is numbered. */
  readonly taken?: { has(id: string): boolean }
  /** Whether a vehicle is wanted, by make, model and year; absent: all are. */
  readonly wants?: (name: string) => boolean
}

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

/** A file of own records. */
export interface OpenEvRecords {
  readonly sources: Readonly<Record<string, string>>
  readonly vehicles: readonly VehicleRecord[]
  readonly curves: readonly CurveRecord[]
}

const SOURCE = 'open-ev-data-import'
/** The licence of the data set (MIT with attribution) asks for this line wherever its curves are shown. */
export const OPEN_EV_ATTRIBUTION = 'Open EV Data (https://github.com/KilowattApp/open-ev-data)'

/** Plugs of the data set, and what vehicles with them speak as a rule; the data set itself says nothing of protocols. */
const ports: Readonly<Record<string, { plug: Readonly<Record<OpenEvMarket, string>>; protocols: readonly string[] }>> =
  {
    ccs: { plug: { EU: 'ccs2', NA: 'ccs1' }, protocols: ['din_70121', 'iso_15118_2'] },
    chademo: { plug: { EU: 'chademo', NA: 'chademo' }, protocols: ['chademo_1_0'] },
    tesla_suc: { plug: { EU: 'type2_tesla_dc', NA: 'nacs' }, protocols: ['tesla_swcan'] },
    tesla_ccs: { plug: { EU: 'ccs2', NA: 'nacs' }, protocols: ['tesla_swcan', 'din_70121', 'iso_15118_2'] },
  }

/** A name as part of an id: letters and digits of ASCII, joined by hyphens; empty where it has none. */
export function slug(text: string): string {
  const letters = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  return letters.replace(/^-+|-+$/g, '')
}

/** Classes of the data set; without one it is a car. */
const classes: Readonly<Record<string, Vehicle['class']>> = { car: 'car', microcar: 'car-small' }

/** What lies outside is no value of a vehicle that can be bought: a slip, or another unit. */
const ranges = {
  release_year: [1990, 2100],
  usable_battery_size: [1, 1500],
  charging_voltage: [24, 1500],
  'dc_charger.max_power': [1, 4000],
} as const
const MAX_POWER_kW = ranges['dc_charger.max_power'][1]

function outside(column: string, found: number, [min, max]: readonly [number, number]): Coded[] {
  return found >= min && found <= max ? [] : [{ code: 'openEvData.outOfRange', params: { column, found, min, max } }]
}

/** The first number that cannot be. */
function implausible(fields: Fields): Coded | undefined {
  return Object.entries(ranges).flatMap(([path, range]) => outside(path, fields.number(path), range))[0]
}

/** Points as shares and kW, or why they are no curve. */
function pointsOf(fields: Fields): Curve['points'] | Coded {
  const listed = fields.value('dc_charger.charging_curve')
  const points = (Array.isArray(listed) ? listed : []).map((point): [number, number] => {
    const { percentage, power } = Object(point) as { percentage?: unknown; power?: unknown }
    return typeof percentage === 'number' && typeof power === 'number' ? [percentage / 100, power] : [-1, 0]
  })
  const isCurve = points.every(([soc_frac, power_kW], at) => {
    const before_frac = points[at - 1]?.[0] ?? Number.NEGATIVE_INFINITY
    return soc_frac > before_frac && soc_frac >= 0 && soc_frac <= 1 && power_kW >= 0 && power_kW <= MAX_POWER_kW
  })
  return isCurve && points.length > 1 ? points : { code: 'openEvData.noCurve', params: {} }
}

function textsAt(fields: Fields, path: string): readonly string[] {
  const value = fields.value(path)
  return Array.isArray(value) ? value.map(String) : []
}

type About = Pick<VehicleRecord, 'make' | 'model' | 'class' | 'modelYears' | 'pack' | 'maxPower_kW'>
type Port = (typeof ports)[string]

/** A vehicle of the data set. */
interface Listed {
  readonly about: About
  readonly ports: readonly Port[]
  readonly points: Curve['points']
  /** The curve is not its own but a shape the data set gives to many. */
  readonly isDefault: boolean
}

/** What a vehicle is called; empty where that is not known. */
function nameOf(fields: Fields): string {
  return [fields.text('brand'), modelOf(fields), fields.number('release_year')].join(' ')
}

function modelOf(fields: Fields): string {
  const parts = [fields.text('model'), fields.optionalText('variant') ?? '']
  return parts.filter((part) => part !== '').join(' ')
}

/** A vehicle, or why it is left out. */
function listedIn(fields: Fields): Listed | Coded {
  const wrong = implausible(fields)
  const about = {
    ...{ make: fields.text('brand'), model: modelOf(fields) },
    class: classes[fields.optionalText('vehicle_type') ?? 'car'] ?? null,
    modelYears: { from: fields.number('release_year') },
    pack: { usable_kWh: fields.number('usable_battery_size'), class_V: fields.number('charging_voltage') },
    maxPower_kW: fields.number('dc_charger.max_power'),
  }
  const named = textsAt(fields, 'dc_charger.ports')
  const known = named.flatMap((port) => (Object.hasOwn(ports, port) ? (ports[port] ?? []) : []))
  const points = pointsOf(fields)
  if (fields.fault !== null) return fields.fault
  if (about.class === null) return { code: 'openEvData.noClass', params: { found: fields.text('vehicle_type') } }
  if (known.length === 0) return { code: 'openEvData.noPlug', params: { ports: named } }
  if (wrong) return wrong
  if ('code' in points) return points
  const isDefault = fields.value('dc_charger.is_default_charging_curve') !== false
  return { about: { ...about, class: about.class }, ports: known, points, isDefault }
}

/** Turns records of the data set into ours, one after the other, so that names can be told apart. */
class Importer {
  readonly vehicles: VehicleRecord[] = []
  readonly curves: CurveRecord[] = []
  readonly #options: OpenEvOptions
  readonly #ids = new Set<string>()

  constructor(options: OpenEvOptions) {
    this.#options = options
  }

  /** Enters a vehicle with its curve, if it is wanted; or why it is left out. */
  take(value: unknown): Coded | null {
    const fields = new Fields(value)
    const name = nameOf(fields)
    if (fields.fault === null && this.#options.wants?.(name) === false) return null
    const listed = listedIn(fields)
    if ('code' in listed) return listed
    const id = this.#newId(slug(name))
    this.#enter(id, listed)
    this.#enterCurve(id, name, listed)
    return null
  }

  #enter(id: string, { about, ports, isDefault }: Listed): void {
    const { market } = this.#options
    const { maxPower_kW } = about
    const plugs = [...new Set(ports.map(({ plug }) => plug[market]))]
    this.vehicles.push({
      ...{ id, ...about },
      inlets: plugs.map((connector) => ({ connector, market, dc: true, maxPower_kW })),
      lowVoltage: { strategy: 'unknown' },
      protocols: [...new Set(ports.flatMap(({ protocols }) => protocols))],
      curve: { id, confidence: isDefault ? 'uncertain' : 'reported' },
      sources: [SOURCE],
      confidence: 'uncertain',
    })
  }

  #enterCurve(id: string, name: string, { points, isDefault }: Listed): void {
    const confidence = isDefault ? ('uncertain' as const) : ('reported' as const)
    const notes = isDefault ? 'default shape of the data set' : ''
    const attribution = OPEN_EV_ATTRIBUTION
    this.curves.push({ id, name, kind: 'openEvData', points, attribution, sources: [SOURCE], confidence, notes })
  }

  #newId(wanted: string): string {
    let id = wanted
    for (let number = 2; this.#ids.has(id) || this.#options.taken?.has(id); number++) id = `${wanted}-${number}`
    this.#ids.add(id)
    return id
  }
}

function citationOf({ file }: TextSource): string {
  return `${OPEN_EV_ATTRIBUTION}, imported from ${file.replace(/^.*[/\\]/, '')}`
}

function leftOut(file: string, reason: Coded, { line, column, index }: JsonRecord['place']): Problem {
  const path = index === undefined ? {} : { path: `[${index}]` }
  return { severity: 'warning', ...reason, at: { file, line, column }, ...path }
}

/**
 * Reads Open EV Data (`ev-data.json`) into records of vehicles and curves for a folder of own records. Vehicles without
 * a plug or a curve for direct current, with numbers that cannot be, or of a class not known here are left out and told as
 * warnings with their place. Protocols follow from the plug and are
 * uncertain, and so is the default curve the data set gives to most vehicles.
 */
export async function readOpenEvData(source: TextSource, options: OpenEvOptions): Promise<Checked<OpenEvRecords>> {
  const importer = new Importer(options)
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
    return { ok: true, value: { sources: { [SOURCE]: citationOf(source) }, vehicles, curves }, warnings }
  const at = { file: source.file, line: 0, column: 0 }
  return { ok: false, problems: [{ severity: 'error', code: 'openEvData.nothing', params: {}, at }, ...warnings] }
}
