import type { OcppVersion } from '../../../ocpp/index.ts'
import type { Capabilities } from '../probe/capabilities.ts'

export type RateUnit = 'W' | 'A'

/** A way to say a limit: which of them a station takes is found out by trying. */
export interface Spelling {
  /** `tx`: ends with its transaction. The others outlive it: they take the place of the standing limit and go back to it. */
  readonly purpose: 'tx' | 'txDefault' | 'stationMax'
  readonly unit: RateUnit
  /** 1.6 leaves open whether a profile of a transaction names it. */
  readonly namesTransaction: boolean
  /** Its one limit is told anew without a new profile (2.1). */
  readonly isDynamic: boolean
}

/** What is known of a station before a limit was tried. */
export interface SpellingNeeds {
  readonly version: OcppVersion
  readonly capabilities: Capabilities
  /** AC counts in amperes, DC in watts, where both are offered. */
  readonly isAc: boolean
}

export function unitsOf({ capabilities: { units }, isAc }: Omit<SpellingNeeds, 'version'>): readonly RateUnit[] {
  const preferred: readonly RateUnit[] = isAc ? ['A', 'W'] : ['W', 'A']
  return units.length === 0 ? preferred : preferred.filter((unit) => units.includes(unit))
}

/** Ways to say a limit to a station, the best first: what ends with its transaction comes before what outlives it. */
export function spellingsOf(needs: SpellingNeeds): readonly Spelling[] {
  const { version, capabilities } = needs
  const { dynamic, standingPurpose, refusedPurposes } = capabilities
  const each = (part: Omit<Spelling, 'unit'>): Spelling[] => unitsOf(needs).map((unit) => ({ ...part, unit }))
  const plain = { namesTransaction: false, isDynamic: false }
  const standing = each({ purpose: standingPurpose, ...plain })
  // Under a maximum of the station no profile of a transaction can give more.
  if (standingPurpose === 'stationMax') return standing
  const all = [
    ...(version === '2.1' && dynamic ? each({ purpose: 'tx', namesTransaction: true, isDynamic: true }) : []),
    ...each({ purpose: 'tx', namesTransaction: true, isDynamic: false }),
    ...(version === '1.6' ? each({ purpose: 'tx', ...plain }) : []),
  ]
  return [...(refusedPurposes.includes('tx') ? [] : all), ...standing]
}

/** A short name that tells spellings apart, kept with what is known of a station. */
export function spellingName({ purpose, unit, namesTransaction, isDynamic }: Spelling): string {
  return [purpose, unit, ...(namesTransaction ? ['named'] : []), ...(isDynamic ? ['dynamic'] : [])].join(' ')
}
