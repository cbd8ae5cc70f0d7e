import type { SiteDriver } from '../../../hub/demand/index.ts'
import type { EndedSession } from '../sessions.ts'

/** A session, or a part of one whose vehicle was sent on to another place. */
export interface VisitPart extends EndedSession {
  /** Number of the vehicle in the order of arrival, from 1; of a recording: in its list. */
  readonly visit: number
  /** 1, and one more at every place the vehicle was sent on to. */
  readonly part: number
  readonly arrived_s: number
}

/** Knows whose the sessions of a run are, and joins the parts of those that were sent on. */
export class Visits {
  readonly #driver: SiteDriver
  /** The last part of those that are at their second place or a later one. */
  readonly #before = new Map<number, VisitPart>()

  constructor(driver: SiteDriver) {
    this.#driver = driver
  }

  /** A session with whose it is, while its vehicle is there. */
  partOf(session: EndedSession): VisitPart {
    const visit = (this.#driver.guestAt(session.place)?.number ?? -1) + 1
    const before = this.#before.get(visit)
    const arrived_s = before?.arrived_s ?? session.plugged_s - session.waited_s
    return { ...session, visit, part: (before?.part ?? 0) + 1, arrived_s }
  }

  /** The same at the end of the session. */
  end(session: EndedSession): VisitPart {
    const part = this.partOf(session)
    if (part.moved) this.#before.set(part.visit, part)
    else this.#before.delete(part.visit)
    return part
  }
}
