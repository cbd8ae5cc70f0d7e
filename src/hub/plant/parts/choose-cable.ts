import { invariant } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import { builtInCatalogue, type Catalogue } from '../../standards/index.ts'
import type { ComponentOf, Outlet } from '../../standards/schema/index.ts'
import type { CableParameters } from '../cable/index.ts'
import { cableParameters } from './cable.ts'
import { type Compiled, Facts, partOf } from './facts.ts'
import { scaledCable } from './scale.ts'

/** What of a plug decides about its cable. */
export type CablePlace = Pick<
  Outlet,
  'connector' | 'cable' | 'cooling' | 'maxCurrent_A' | 'maxVoltage_V' | 'maxPower_kW'
>

/**
 * Without a word on cooling, plugs above this current are cooled: the highest rating of uncooled cables found is 250 A.
 */
const UNCOOLED_MAX_A = 250
/**
 * Posts are sold for this multiple of what their cooled cable carries continuously, as 600 A with a 500 A cable up to
 * 30 degC.
 */
const SOLD_ABOVE_RATING = 1.2

type Cable = ComponentOf<'cable'>

/** What a word on cooling asks for; `liquid or air` leaves it to the current. */
function groupOf({ cooling, maxCurrent_A }: CablePlace): 'uncooled' | 'cooled' | 'immersed' {
  const words = cooling ?? ''
  if (/immersed/.test(words)) return 'immersed'
  const [liquid, air] = [/liquid/.test(words), /air/.test(words)]
  if (liquid !== air) return liquid ? 'cooled' : 'uncooled'
  return (maxCurrent_A ?? 0) > UNCOOLED_MAX_A ? 'cooled' : 'uncooled'
}

function isOfGroup({ cooling }: Cable, group: ReturnType<typeof groupOf>): boolean {
  if (group === 'uncooled') return cooling === 'none'
  return group === 'immersed' ? cooling === 'immersed' : cooling !== 'none' && cooling !== 'immersed'
}

/** Current a cable is taken for, without being made stronger. */
function soldFor_A({ cooling, ratedCurrent_A }: Cable): number {
  return (ratedCurrent_A ?? 0) * (cooling === 'none' ? 1 : SOLD_ABOVE_RATING)
}

const surest = ['confirmed', 'reported', 'uncertain']

/** Weakest first; of equals the surer record, then the one with more metal. */
function byStrength(a: Cable, b: Cable): number {
  const rating = soldFor_A(a) - soldFor_A(b)
  if (rating !== 0) return rating
  return surest.indexOf(a.confidence) - surest.indexOf(b.confidence) || b.area_mm2 - a.area_mm2
}

function archetypeCables(): readonly Cable[] {
  const all = [...builtInCatalogue().components.values()]
  return all.flatMap((component) =>
    component.type === 'cable' && component.status === 'archetype' && component.ratedCurrent_A !== null
      ? component
      : [],
  )
}

/**
 * The archetypes that come into question: of the cooling, for the voltage, for the connector, as far as there are such.
 */
function candidatesFor(place: CablePlace): readonly Cable[] {
  const group = groupOf(place)
  const needed_V = place.maxVoltage_V ?? 0
  const wishes: readonly ((cable: Cable) => boolean)[] = [
    ({ maxVoltage_V }) => (maxVoltage_V ?? Number.POSITIVE_INFINITY) >= needed_V,
    ({ connectors }) => connectors.includes(place.connector),
  ]
  const ofGroup = archetypeCables().filter((cable) => isOfGroup(cable, group))
  const fitting = wishes.reduce((left, wish) => {
    const kept = left.filter(wish)
    return kept.length > 0 ? kept : left
  }, ofGroup)
  return fitting.toSorted(byStrength)
}

/** The cable of a plug, and by which rule it was taken. */
export interface CableOfPlug extends Compiled<CableParameters> {
  readonly id: string
  readonly rule: Coded
}

function stated(id: string, catalogue: Catalogue): CableOfPlug {
  const record = partOf(catalogue, 'cable', id)
  return { id, rule: { code: 'parts.cable.stated', params: { cable: id } }, ...cableParameters(record, catalogue) }
}

/**
 * The cable of a plug. A stated one is taken. Otherwise it is the weakest archetype that is cooled as the record of the
 * post says, fits its voltage and connector and is sold for its current (a cooled cable for 1.2 times its continuous
 * rating); beyond the strongest, that one as strong as it takes. Without a current it is the weakest that fits.
 */
export function cableOfPlug(place: CablePlace, catalogue: Catalogue): CableOfPlug {
  if (place.cable !== null) return stated(place.cable, catalogue)
  const candidates = candidatesFor(place)
  const needed_A = place.maxCurrent_A ?? 0
  const record = candidates.find((cable) => soldFor_A(cable) >= needed_A) ?? candidates.at(-1)
  invariant(record, `no archetype of a cable that is ${groupOf(place)}`)
  const factor = Math.max(1, needed_A / soldFor_A(record))
  const facts = new Facts()
  facts.assume('connectors', 'cable', record.id)
  const { parameters, ...found } = cableParameters(record, builtInCatalogue())
  facts.add({ parameters, ...found })
  const params = { cable: record.id, cooling: place.cooling, current_A: place.maxCurrent_A, factor }
  const rule = { code: factor > 1 ? 'parts.cable.stronger' : 'parts.cable.byClass', params } as const
  return { id: record.id, rule, ...facts.compiled(scaledCable(parameters, factor)) }
}
