import type { OcppVersion } from '../../ocpp/index.ts'
import type { Profile, Purpose } from './profile.ts'

/** Which profiles are meant; what is left out does not matter. */
export interface Criteria {
  readonly ids?: readonly number[]
  readonly evse?: number
  readonly purpose?: Purpose
  readonly stackLevel?: number
}

function isMeant(profile: Profile, { ids, evse, purpose, stackLevel }: Criteria): boolean {
  if (ids) return ids.includes(profile.id)
  return (
    (evse === undefined || profile.evse === evse) &&
    (purpose === undefined || profile.purpose === purpose) &&
    (stackLevel === undefined || profile.stackLevel === stackLevel)
  )
}

/** The profiles a station keeps. */
export class ProfileShelf {
  #profiles: readonly Profile[] = []

  get all(): readonly Profile[] {
    return this.#profiles
  }

  /** Takes a profile in place of the one with its id; in 1.6 also of one with its purpose, stack level and connector. */
  install(profile: Profile, version: OcppVersion): void {
    const { id, evse, purpose, stackLevel } = profile
    const isReplaced = (old: Profile): boolean =>
      old.id === id || (version === '1.6' && isMeant(old, { evse, purpose, stackLevel }))
    this.#profiles = [...this.#profiles.filter((old) => !isReplaced(old)), profile]
  }

  find(criteria: Criteria): readonly Profile[] {
    return this.#profiles.filter((profile) => isMeant(profile, criteria))
  }

  /** Answers how many went. */
  clear(criteria: Criteria): number {
    const before = this.#profiles.length
    this.#profiles = this.#profiles.filter((profile) => !isMeant(profile, criteria))
    return before - this.#profiles.length
  }

  /** Profiles of a transaction end with it. */
  endTransaction(evse: number): void {
    this.clear({ evse, purpose: 'tx' })
  }

  /** The limit of a dynamic profile is told anew; false: there is no such profile. */
  update(id: number, limit: number, now_ms: number): boolean {
    const profile = this.#profiles.find((one) => one.id === id && one.kind === 'dynamic')
    if (!profile) return false
    const [first] = profile.periods
    const periods = [{ from_s: 0, phases: first?.phases ?? null, limit }]
    this.#profiles = this.#profiles.map((one) => (one === profile ? { ...profile, periods, told_ms: now_ms } : one))
    return true
  }

  /** Gives up what must not be kept after so long without a connection. */
  dropLapsed(offline_s: number): void {
    this.#profiles = this.#profiles.filter(
      ({ given, maxOffline_s }) => !given.dropsOffline || maxOffline_s === null || offline_s <= maxOffline_s,
    )
  }
}
