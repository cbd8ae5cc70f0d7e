import type { Coded } from '../../../base/words/index.ts'
import type { AccessRule, Charger, Vehicle } from '../schema/index.ts'
import { dayOf, later, type Region, regionOf } from './places.ts'
import type { Obstacle } from './result.ts'

export interface Visitor {
  readonly vehicle: Vehicle
  readonly region: Region
  readonly date: string
  readonly memberships: readonly string[]
}

function holdsIn(rule: AccessRule, region: Region): boolean {
  return rule.markets?.some((market) => regionOf(market) === region) ?? false
}

/** The rule of a market: an exception that names it, else the general one. */
export function ruleFor(access: Charger['access'], region: Region): AccessRule {
  return access.exceptions.find((rule) => holdsIn(rule, region)) ?? access
}

/** Number of a generation, "V3" being 3; null without one. */
function generationNumber(generation: string | null): number | null {
  const digits = /\d+/.exec(generation ?? '')
  return digits ? Number(digits[0]) : null
}

function isTooOld(post: Charger, vehicle: Vehicle): boolean {
  const needed = generationNumber(vehicle.partnerAccess?.minGeneration ?? null)
  const found = generationNumber(post.generation)
  return needed !== null && found !== null && found < needed
}

function isMember(post: Charger, rule: AccessRule, { vehicle, memberships }: Visitor): boolean {
  if (vehicle.make === post.manufacturer) return true
  return memberships.some((name) => name === post.network || rule.brands.includes(name))
}

/** Day from which the rule admits the vehicle; null: at all times; undefined: never. */
function admittedFrom(post: Charger, rule: AccessRule, visitor: Visitor): string | null | undefined {
  const { vehicle } = visitor
  if (isMember(post, rule, visitor)) return null
  if (rule.type === 'open') return rule.from
  if (rule.type === 'partner' && vehicle.partnerAccess?.native) return vehicle.partnerAccess.from
  if (!rule.brands.includes(vehicle.make)) return undefined
  const own = rule.type === 'partner' ? (vehicle.partnerAccess?.from ?? null) : null
  return later(rule.from, own)
}

function refusal(post: Charger, visitor: Visitor, remedy: Coded): Obstacle {
  const params = { make: visitor.vehicle.make, post: post.id, date: visitor.date }
  return { code: 'access.network', params, remedy }
}

/** Whether the post's network lets the vehicle in on that day; null: it does. */
export function accessObstacle(post: Charger, visitor: Visitor): Obstacle | null {
  const rule = ruleFor(post.access, visitor.region)
  const from = admittedFrom(post, rule, visitor)
  if (from === undefined)
    return refusal(post, visitor, { code: 'remedy.otherNetwork', params: { brands: rule.brands } })
  if (from !== null && visitor.date < dayOf(from)) {
    return refusal(post, visitor, { code: 'remedy.laterDate', params: { date: from } })
  }
  if (rule.type === 'partner' && isTooOld(post, visitor.vehicle)) {
    const generation = visitor.vehicle.partnerAccess?.minGeneration ?? null
    return refusal(post, visitor, { code: 'remedy.newerGeneration', params: { generation } })
  }
  return null
}
