import type { Coded } from '../../../base/words/index.ts'
import { type Catalogue, confidenceOf } from '../../standards/index.ts'
import type { Confidence, Protocol } from '../../standards/schema/index.ts'

/** How long a session takes from the first message to current, plugging in and payment apart. */
export interface SetUpTime {
  readonly median_s: number
  /** Three of four sessions are faster. */
  readonly slowQuartile_s: number
  readonly confidence: Confidence
  /** Protocol that was measured. */
  readonly protocol: string
  readonly rule: Coded
}

/** Where no spread was measured: that of ISO 15118-2, 24.9 to 11.6 s. */
const USUAL_SPREAD = 2.15

/** Stands in for protocols of which nothing was measured, by the bus they speak over. */
const relatives: Readonly<Record<Protocol['signalling'], string>> = {
  can: 'gbt_27930_2015',
  plc: 'iso_15118_2',
  ethernet: 'iso_15118_2',
  pwm: 'iso_15118_2',
}

/** The protocol itself or the first of those it grew from that was measured; null where none was. */
function measured(protocol: Protocol, catalogue: Catalogue, seen = new Set<string>()): Protocol | null {
  if (protocol.setUp !== null) return protocol
  seen.add(protocol.id)
  for (const id of protocol.backwardCompatibleWith) {
    const older = seen.has(id) ? undefined : catalogue.protocols.get(id)
    const found = older ? measured(older, catalogue, seen) : null
    if (found) return found
  }
  return null
}

/**
 * Set-up time of a protocol: as measured, else that of an older protocol it includes, else that of a relative on the
 * same kind of bus (then always uncertain); null where the catalogue knows none of these.
 */
export function setUpTime(id: string, catalogue: Catalogue): SetUpTime | null {
  const asked = catalogue.protocols.get(id)
  if (asked === undefined) return null
  const found = measured(asked, catalogue) ?? catalogue.protocols.get(relatives[asked.signalling])
  const setUp = found?.setUp
  if (!found || !setUp) return null
  const own = found.id === id
  return {
    median_s: setUp.median_s,
    slowQuartile_s: setUp.slowQuartile_s ?? USUAL_SPREAD * setUp.median_s,
    confidence: own ? confidenceOf(found, 'setUp') : 'uncertain',
    protocol: found.id,
    rule: {
      code: own ? 'protection.setUp.measured' : 'protection.setUp.relative',
      params: { protocol: id, of: found.id },
    },
  }
}

/** Upper quartile of a standard normal variable. */
const QUARTILE = 0.674_489_75

/** A drawn set-up time: lognormal through median and slow quartile, from a standard normal variable. */
export function drawnSetUp_s({ median_s, slowQuartile_s }: SetUpTime, normal: number): number {
  return median_s * (slowQuartile_s / median_s) ** (normal / QUARTILE)
}
