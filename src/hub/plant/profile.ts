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

/** Room for so many pieces at first. */
const STEP = 64

/**
 * Every profile of a run as flat arrays of pieces. On a piece both the envelope (what may flow) and what the vehicle
 * could take are straight lines over state of charge, and one source binds.
 */
export class ProfileTable {
  /** Codes of limit sources; a piece or a node names its source by index. */
  readonly sources: string[] = []
  /** Profile -> its first piece; one entry more than profiles. */
  readonly firstPiece: number[] = [0]
  /** Profile -> source booked where the vehicle itself binds. */
  readonly vehicleSource: number[] = []
  /** By piece; the arrays grow in steps, those of a run that has begun stay. */
  from_frac = new Float64Array(STEP)
  to_frac = new Float64Array(STEP)
  envelope_kW = new Float64Array(STEP)
  envelopeSlope = new Float64Array(STEP)
  could_kW = new Float64Array(STEP)
  couldSlope = new Float64Array(STEP)
  /** 1 where the vehicle could take more than the envelope. */
  held = new Int32Array(STEP)
  source = new Int32Array(STEP)
  /** Highest envelope from the start of the next piece on. */
  laterMax_kW = new Float64Array(STEP)
  #pieces = 0

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
    this.#fillLaterMax(this.#pieces - pieces.length)
    return this.firstPiece.push(this.#pieces) - 2
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
    if (this.#pieces === this.from_frac.length) this.#grow()
    const piece = this.#pieces++
    const width = envelope.to_frac - envelope.from_frac
    this.from_frac[piece] = envelope.from_frac
    this.to_frac[piece] = envelope.to_frac
    this.envelope_kW[piece] = envelope.start_kW
    this.envelopeSlope[piece] = (envelope.end_kW - envelope.start_kW) / width
    this.could_kW[piece] = could.start_kW
    this.couldSlope[piece] = (could.end_kW - could.start_kW) / width
    this.held[piece] = could.start_kW > envelope.start_kW || could.end_kW > envelope.end_kW ? 1 : 0
    this.source[piece] = source
  }

  #grow(): void {
    const grown = <T extends Float64Array | Int32Array>(from: T, to: T): T => {
      to.set(from)
      return to
    }
    const pieces = 2 * this.#pieces
    const wider = (from: Float64Array<ArrayBuffer>) => grown(from, new Float64Array(pieces))
    this.from_frac = wider(this.from_frac)
    this.to_frac = wider(this.to_frac)
    this.envelope_kW = wider(this.envelope_kW)
    this.envelopeSlope = wider(this.envelopeSlope)
    this.could_kW = wider(this.could_kW)
    this.couldSlope = wider(this.couldSlope)
    this.laterMax_kW = wider(this.laterMax_kW)
    this.held = grown(this.held, new Int32Array(pieces))
    this.source = grown(this.source, new Int32Array(pieces))
  }

  #fillLaterMax(first: number): void {
    let highest_kW = 0
    for (let piece = this.#pieces - 1; piece >= first; piece--) {
      this.laterMax_kW[piece] = highest_kW
      const start_kW = this.envelope_kW[piece] as number
      const width = (this.to_frac[piece] as number) - (this.from_frac[piece] as number)
      highest_kW = Math.max(highest_kW, start_kW, start_kW + (this.envelopeSlope[piece] as number) * width)
    }
  }
}
