import type { Checked } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import type { Curve, Vehicle } from '../../../hub/standards/schema/index.ts'
import type { Fields } from '../json/fields.ts'
import {
  baseName,
  implausible,
  importRecords,
  type OwnRecordList,
  type OwnRecords,
  plausible,
  type TakenIds,
  type VehicleRecord,
} from '../own-records/records.ts'
import type { TextSource } from '../sessions/source.ts'

/** Where a vehicle is sold decides which plug "ccs" is. */
export const openEvMarkets = ['EU', 'NA'] as const
export type OpenEvMarket = (typeof openEvMarkets)[number]

/** What is wanted of the data set. */
export interface OpenEvOptions {
  readonly market: OpenEvMarket
  /** A vehicle that would get one of these ids is numbered. */
  readonly taken?: TakenIds
  /** Whether a vehicle is wanted, by make, model and year; absent: all are. */
  readonly wants?: (name: string) => boolean
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

/** Classes of the data set; without one it is a car. */
const classes: Readonly<Record<string, Vehicle['class']>> = { car: 'car', microcar: 'car-small' }

const ranges = {
  release_year: [1990, 2100],
  usable_battery_size: plausible.capacity_kWh,
  charging_voltage: [24, 1500],
  'dc_charger.max_power': plausible.power_kW,
} as const

/** Points as shares and kW, or why they are no curve. */
function pointsOf(fields: Fields): Curve['points'] | Coded {
  const listed = fields.value('dc_charger.charging_curve')
  const points = (Array.isArray(listed) ? listed : []).map((point): [number, number] => {
    const { percentage, power } = Object(point) as { percentage?: unknown; power?: unknown }
    return typeof percentage === 'number' && typeof power === 'number' ? [percentage / 100, power] : [-1, 0]
  })
  const isCurve = points.every(([soc_frac, power_kW], at) => {
    const before_frac = points[at - 1]?.[0] ?? Number.NEGATIVE_INFINITY
    return (
      soc_frac > before_frac && soc_frac >= 0 && soc_frac <= 1 && power_kW >= 0 && power_kW <= plausible.power_kW[1]
    )
  })
  return isCurve && points.length > 1 ? points : { code: 'import.noCurve', params: {} }
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
  const wrong = implausible(fields, ranges)
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
  if (about.class === null) return { code: 'import.noClass', params: { found: fields.text('vehicle_type') } }
  if (known.length === 0) return { code: 'import.noPlug', params: { ports: named } }
  if (wrong) return wrong
  if ('code' in points) return points
  const isDefault = fields.value('dc_charger.is_default_charging_curve') !== false
  return { about: { ...about, class: about.class }, ports: known, points, isDefault }
}

/** Enters a vehicle with its curve, if it is wanted; or why it is left out. */
function take(fields: Fields, list: OwnRecordList, { market, wants }: OpenEvOptions): Coded | null {
  const name = nameOf(fields)
  if (fields.fault === null && wants?.(name) === false) return null
  const listed = listedIn(fields)
  if ('code' in listed) return listed
  const id = list.newId(name)
  const { about, points, isDefault } = listed
  const { maxPower_kW } = about
  const plugs = [...new Set(listed.ports.map(({ plug }) => plug[market]))]
  const confidence = isDefault ? ('uncertain' as const) : ('reported' as const)
  const notes = isDefault ? 'default shape of the data set' : ''
  const attribution = OPEN_EV_ATTRIBUTION
  list.add(
    {
      ...{ id, ...about },
      inlets: plugs.map((connector) => ({ connector, market, dc: true, maxPower_kW })),
      lowVoltage: { strategy: 'unknown' },
      protocols: [...new Set(listed.ports.flatMap(({ protocols }) => protocols))],
      curve: { id, confidence },
      sources: [SOURCE],
      confidence: 'uncertain',
    },
    { id, name, kind: 'openEvData', points, attribution, sources: [SOURCE], confidence, notes },
  )
  return null
}

/**
 * Reads Open EV Data (`ev-data.json`) into records of vehicles and curves for a folder of own records. Vehicles without
 * a plug or a curve for direct current, with numbers that cannot be, or of a class not known here are left out and told as
 * warnings with their place. Protocols follow from the plug and are uncertain, and so is the default curve the data set
 * gives to most vehicles.
 */
export function readOpenEvData(source: TextSource, options: OpenEvOptions): Promise<Checked<OwnRecords>> {
  return importRecords(source, {
    path: ['data'],
    taken: options.taken,
    sources: { [SOURCE]: `${OPEN_EV_ATTRIBUTION}, imported from ${baseName(source)}` },
    take: (fields, list) => take(fields, list, options),
  })
}
