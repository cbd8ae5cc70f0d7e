import { invariant } from '../../base/problems/index.ts'
import { type CurvePoints, type Line, lowestLines } from './curve.ts'

/** A limit at this place that does not depend on time: a constant, or a line of points over state of charge. */
export interface PlaceLimit {
  /** Code of the limit source, e.g. `charger.maxPower`, `cable.maxCurrent`. */
  readonly source: string
  readonly limit: number | CurvePoints
}

/** Every profile has a knot here: the moment at which a vehicle passes it is told, and is exact. */
export const MILESTONE_frac = 0.8

/** What could flow into one kind of vehicle at one kind of place. */
export interface ProfileInput {
  /** What the vehicle could take by itself, at the plug. */
  readonly curve: CurvePoints
  /** Source booked where the vehicle itself binds, `vehicle.chargeCurve` as a rule. */
  readonly source: string
  readonly limits: readonly PlaceLimit[]
}

/**
 * Every profile of a run as flat arrays of pieces. On a piece both the envelope (what may flow) and what the vehicle
 * could take are straight lines over state of charge, and one source binds.
 */
export class ProfileTable {
  /** Codes of limit sources; a piece or a node names its source by index. */
  readonly sources: string[] = []
  /** Profile -> its first piece; one entry more than profiles. */
  readonly firstPiece: number[] = [0]
  readonly from_frac: number[] = []
  readonly to_frac: number[] = []
  readonly envelope_kW: number[] = []
  readonly envelopeSlope: number[] = []
  readonly could_kW: number[] = []
  readonly couldSlope: number[] = []
  /** 1 where the vehicle could take more than the envelope. */
  readonly held: number[] = []
  readonly source: number[] = []
  /** Profile -> source booked where the vehicle itself binds. */
  readonly vehicleSource: number[] = []
  /** Highest envelope from the start of the next piece on. */
  readonly laterMax_kW: number[] = []

  /** Index of a limit source, entered at its first use. */
  sourceIndex(code: string): number {
    const at = this.sources.indexOf(code)
    return at >= 0 ? at : this.sources.push(code) - 1
  }

  /** Enters a profile and returns its number. */
  add(input: ProfileInput): number {
    const candidates = [{ source: input.source, limit: input.curve }, ...input.limits]
    const pieces = lowestLines(
      candidates.map((candidate) => candidate.limit),
      [MILESTONE_frac],
    )
    for (const piece of pieces) {
      const source = candidates[piece.which]?.source
      invariant(source !== undefined, 'every piece has a source')
      this.#push(piece, piece.first, this.sourceIndex(source))
    }
    this.vehicleSource.push(this.sourceIndex(input.source))
    this.#fillLaterMax(this.from_frac.length - pieces.length)
    return this.firstPiece.push(this.from_frac.length) - 2
  }

  get size(): number {
    return this.firstPiece.length - 1
  }

  /** Piece that holds at a state of charge; a knot belongs to the piece above it. */
  pieceAt(profile: number, soc_frac: number): number {
    let piece = this.firstPiece[profile] as number
    const last = (this.firstPiece[profile + 1] as number) - 1
    while (piece < last && soc_frac >= (this.to_frac[piece] as number)) piece++
    return piece
  }

  /** What may flow at a state of charge. */
  envelopeAt_kW(profile: number, soc_frac: number): number {
    const piece = this.pieceAt(profile, soc_frac)
    const slope = this.envelopeSlope[piece] as number
    return (this.envelope_kW[piece] as number) + slope * (soc_frac - (this.from_frac[piece] as number))
  }

  /**
   * State of charge at which charging ends: the target, or the first one from `soc_frac` on where the vehicle could
   * take no more than `cutoff_kW`.
   */
  stop_frac(profile: number, soc_frac: number, target_frac: number, cutoff_kW: number): number {
    const end = this.firstPiece[profile + 1] as number
    for (let piece = this.pieceAt(profile, soc_frac); piece < end; piece++) {
      const from = this.from_frac[piece] as number
      const slope = this.couldSlope[piece] as number
      const start = Math.max(from, soc_frac)
      const power_kW = (this.could_kW[piece] as number) + slope * (start - from)
      if (power_kW <= cutoff_kW) return Math.min(target_frac, start)
      const reached = slope < 0 ? start + (cutoff_kW - power_kW) / slope : Number.POSITIVE_INFINITY
      if (reached <= (this.to_frac[piece] as number)) return Math.min(target_frac, reached)
    }
    return Math.min(target_frac, 1)
  }

  #push(envelope: Line, could: Line, source: number): void {
    const width = envelope.to_frac - envelope.from_frac
    this.from_frac.push(envelope.from_frac)
    this.to_frac.push(envelope.to_frac)
    this.envelope_kW.push(envelope.start_kW)
    this.envelopeSlope.push((envelope.end_kW - envelope.start_kW) / width)
    this.could_kW.push(could.start_kW)
    this.couldSlope.push((could.end_kW - could.start_kW) / width)
    this.held.push(could.start_kW > envelope.start_kW || could.end_kW > envelope.end_kW ? 1 : 0)
    this.source.push(source)
    this.laterMax_kW.push(0)
  }

  #fillLaterMax(first: number): void {
    let highest_kW = 0
    for (let piece = this.from_frac.length - 1; piece >= first; piece--) {
      this.laterMax_kW[piece] = highest_kW
      const start_kW = this.envelope_kW[piece] as number
      const width = (this.to_frac[piece] as number) - (this.from_frac[piece] as number)
      highest_kW = Math.max(highest_kW, start_kW, start_kW + (this.envelopeSlope[piece] as number) * width)
    }
  }
}
