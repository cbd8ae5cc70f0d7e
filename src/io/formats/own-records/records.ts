import type { Checked, Problem } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import type { Curve, Inlet, Vehicle } from '../../../hub/standards/schema/index.ts'
import { Fields } from '../json/fields.ts'
import { type JsonRecord, jsonRecords } from '../json/records.ts'
import { type TextSource, Unreadable } from '../sessions/source.ts'

/** A vehicle with what a data set says; what it does not say is left to be unknown. */
export interface VehicleRecord extends Pick<Vehicle, 'id' | 'make' | 'model' | 'class' | 'maxPower_kW' | 'protocols'> {
  readonly status?: Vehicle['status']
  readonly modelYears?: { readonly from: number }
  readonly inlets: readonly Pick<Inlet, 'connector' | 'market' | 'dc' | 'maxPower_kW'>[]
  readonly pack: { readonly usable_kWh: number; readonly class_V?: number }
  readonly lowVoltage: { readonly strategy: 'unknown' }
  readonly curve: { readonly id: string; readonly confidence: Curve['confidence'] }
  readonly sources: readonly string[]
  readonly confidence: 'uncertain'
}

type CurveRecord = Pick<Curve, 'id' | 'name' | 'kind' | 'points' | 'sources' | 'confidence' | 'notes'> &
  Partial<Pick<Curve, 'attribution'>>

/** A file of own records. */
export interface OwnRecords {
  readonly sources: Readonly<Record<string, string>>
  readonly vehicles: readonly VehicleRecord[]
  readonly curves: readonly CurveRecord[]
}

/** Ids that are in use. */
export interface TakenIds {
  has(id: string): boolean
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

/** What lies outside is no value of a vehicle that can be bought: a slip, or another unit. */
export type Range = readonly [min: number, max: number]
export const plausible = { capacity_kWh: [1, 1500], power_kW: [1, 4000] } as const satisfies Record<string, Range>

/** The first number that is missing or cannot be. */
export function implausible(fields: Fields, ranges: Readonly<Record<string, Range>>): Coded | undefined {
  return Object.entries(ranges).flatMap(([column, [min, max]]): Coded[] => {
    const found = fields.number(column)
    const isSound = found >= min && found <= max
    return isSound ? [] : [{ code: 'import.outOfRange', params: { column, found, min, max } }]
  })[0]
}

/** Own records on their way: vehicles with their curves, under ids that nobody else has. */
export class OwnRecordList {
  readonly vehicles: VehicleRecord[] = []
  readonly curves: CurveRecord[] = []
  readonly #taken: TakenIds | undefined
  readonly #ids = new Set<string>()

  constructor(taken: TakenIds | undefined) {
    this.#taken = taken
  }

  add(vehicle: VehicleRecord, curve: CurveRecord): void {
    this.vehicles.push(vehicle)
    this.curves.push(curve)
  }

  /** An id for a name, numbered where it is in use. */
  newId(name: string): string {
    const wanted = slug(name) || 'vehicle'
    let id = wanted
    for (let number = 2; this.#ids.has(id) || this.#taken?.has(id); number++) id = `${wanted}-${number}`
    this.#ids.add(id)
    return id
  }
}

/** What an importer does with a record of the file: enters it, or says why it is left out. */
export type Take = (fields: Fields, list: OwnRecordList) => Coded | null

export interface Import {
  /** Where the list of records stands in the file. */
  readonly path: readonly string[]
  readonly taken: TakenIds | undefined
  readonly sources: OwnRecords['sources']
  readonly take: Take
}

/** Reads a JSON file of vehicles into own records; what is left out is told as warnings, with its place. */
export async function importRecords(
  source: TextSource,
  { path, taken, sources, take }: Import,
): Promise<Checked<OwnRecords>> {
  const list = new OwnRecordList(taken)
  const warnings: Problem[] = []
  try {
    for await (const records of jsonRecords(source, path)) {
      for (const { value, place } of records) {
        const reason = take(new Fields(value), list)
        if (reason !== null) warnings.push(leftOut(source.file, reason, place))
      }
    }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, problems: error.problems }
    throw error
  }
  const { vehicles, curves } = list
  if (vehicles.length > 0) return { ok: true, value: { sources, vehicles, curves }, warnings }
  const at = { file: source.file, line: 0, column: 0 }
  return { ok: false, problems: [{ severity: 'error', code: 'import.nothing', params: {}, at }, ...warnings] }
}

function leftOut(file: string, reason: Coded, { line, column, index }: JsonRecord['place']): Problem {
  const path = index === undefined ? {} : { path: `[${index}]` }
  return { severity: 'warning', ...reason, at: { file, line, column }, ...path }
}

/** Name of a file without its folders. */
export function baseName({ file }: TextSource): string {
  return file.replace(/^.*[/\\]/, '')
}
