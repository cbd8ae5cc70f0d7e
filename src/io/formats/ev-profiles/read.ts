import type { Checked } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import type { Connector, Curve, Market } from '../../../hub/standards/schema/index.ts'
import type { Fields } from '../json/fields.ts'
import {
  baseName,
  implausible,
  importRecords,
  type OwnRecordList,
  type OwnRecords,
  plausible,
  type TakenIds,
} from '../own-records/records.ts'
import type { TextSource } from '../sessions/source.ts'

/** What the file does not say. */
export interface EvProfileOptions {
  /** Plug of every vehicle, and where they are sold. */
  readonly connector: Pick<Connector, 'id' | 'dc' | 'protocols'>
  readonly market: Market
  /** A vehicle that would get one of these ids is numbered. */
  readonly taken?: TakenIds
  /** Whether a vehicle is wanted, by its id; absent: all are. */
  readonly wants?: (name: string) => boolean
}

const SOURCE = 'ev-profiles-import'
const WATTS = 1000
/** Finer shares tell nothing. */
const DIGITS = 9

const inWatts = ([min, max]: readonly [number, number]) => [min * WATTS, max * WATTS] as const
const ranges = {
  batteryCapacityWh: inWatts(plausible.capacity_kWh),
  maxPowerW: inWatts(plausible.power_kW),
} as const

type Points = readonly (readonly [soc_frac: number, share: number])[]

/** Points by state of charge, from 0 to 1: beyond the first and the last one the power stays what it is there. Or null: no curve. */
function pointsOf(fields: Fields): Points | null {
  const listed = fields.value('chargingCurve')
  const points = (Array.isArray(listed) ? listed : []).map((point): [number, number] => {
    const { socPercent, powerFraction } = Object(point) as { socPercent?: unknown; powerFraction?: unknown }
    const isPoint = typeof socPercent === 'number' && typeof powerFraction === 'number'
    return isPoint ? [socPercent / 100, powerFraction] : [Number.NaN, Number.NaN]
  })
  const isShare = (value: number): boolean => value >= 0 && value <= 1
  if (!points.every(([soc_frac, share]) => isShare(soc_frac) && isShare(share))) return null
  points.sort(([a], [b]) => a - b)
  const [first, last] = [points[0], points.at(-1)]
  const isTwice = points.some(([soc_frac], at) => at > 0 && points[at - 1]?.[0] === soc_frac)
  if (!first || !last || isTwice || !points.some(([, share]) => share > 0)) return null
  return [...(first[0] > 0 ? [[0, first[1]] as const] : []), ...points, ...(last[0] < 1 ? [[1, last[1]] as const] : [])]
}

/** As the catalogue has shapes: shares of the highest power, which is 1. */
function shapeOf(points: Points): { readonly highest: number; readonly shape: Curve['points'] } {
  const highest = Math.max(...points.map(([, share]) => share))
  return { highest, shape: points.map(([soc_frac, share]) => [soc_frac, Number((share / highest).toFixed(DIGITS))]) }
}

/** How often it comes and how full: of no use to a record, but for whoever writes the fleet of a site. */
function notesOf(fields: Fields): string {
  const [weight, low, high] = ['weight', 'initialSocPercentMin', 'initialSocPercentMax'].map((name) =>
    fields.value(name),
  )
  return [weight, low, high].every((value) => typeof value === 'number')
    ? `weight ${weight}, arrives with ${low} to ${high} %`
    : ''
}

/** Enters a vehicle with its curve, if it is wanted; or why it is left out. */
function take(fields: Fields, list: OwnRecordList, { connector, market, wants }: EvProfileOptions): Coded | null {
  const model = fields.text('id')
  if (fields.fault === null && wants?.(model) === false) return null
  const wrong = implausible(fields, ranges)
  const points = pointsOf(fields)
  if (fields.fault !== null) return fields.fault
  if (wrong) return wrong
  if (points === null) return { code: 'import.noCurve', params: {} }
  const { highest, shape } = shapeOf(points)
  const id = list.newId(model)
  const maxPower_kW = (fields.number('maxPowerW') * highest) / WATTS
  list.add(
    {
      ...{ id, make: 'Profile', model, class: 'car', status: 'archetype' },
      inlets: [{ connector: connector.id, market, dc: connector.dc, maxPower_kW }],
      pack: { usable_kWh: fields.number('batteryCapacityWh') / WATTS },
      maxPower_kW,
      lowVoltage: { strategy: 'unknown' },
      protocols: connector.protocols,
      curve: { id, confidence: 'uncertain' },
      sources: [SOURCE],
      confidence: 'uncertain',
    },
    {
      id,
      name: model,
      kind: 'classShape',
      points: shape,
      sources: [SOURCE],
      confidence: 'uncertain',
      notes: notesOf(fields),
    },
  )
  return null
}

/**
 * Reads the EV profiles of SAP's e-mobility charging stations simulator (`profiles`, src/assets/ev-profiles-template.json of
 * its repository) into records of vehicles and curves. A profile is no product: battery, highest power and the share of it that is
 * taken over state of charge, linear between points. Their plug is that of the options, the protocols are those of the plug.
 */
export function readEvProfiles(source: TextSource, options: EvProfileOptions): Promise<Checked<OwnRecords>> {
  return importRecords(source, {
    path: ['profiles'],
    taken: options.taken,
    sources: { [SOURCE]: `EV profiles for charging station simulators, imported from ${baseName(source)}` },
    take: (fields, list) => take(fields, list, options),
  })
}
