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
    this.#fillLaterMax(this.#pieces - pieces.length, this.#pieces)
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

  /** Most that may flow at a state of charge or a higher one. */
  highestFrom_kW(profile: number, soc_frac: number): number {
    const piece = this.pieceAt(profile, soc_frac)
    const slope = this.envelopeSlope[piece] as number
    const from_frac = slope > 0 ? (this.to_frac[piece] as number) : soc_frac
    const own_kW = (this.envelope_kW[piece] as number) + slope * (from_frac - (this.from_frac[piece] as number))
    return Math.max(own_kW, this.laterMax_kW[piece] as number)
  }

  /** Most that may flow between two states of charge. */
  highestIn_kW(profile: number, from_frac: number, to_frac: number): number {
    let most_kW = 0
    const end = this.firstPiece[profile + 1] as number
    for (let piece = this.pieceAt(profile, from_frac); piece < end; piece++) {
      const [starts_frac, ends_frac] = [this.from_frac[piece] as number, this.to_frac[piece] as number]
      if (starts_frac > to_frac) break
      const slope = this.envelopeSlope[piece] as number
      const start_kW = this.envelope_kW[piece] as number
      const left_kW = start_kW + slope * (Math.max(from_frac, starts_frac) - starts_frac)
      const right_kW = start_kW + slope * (Math.min(to_frac, ends_frac) - starts_frac)
      most_kW = Math.max(most_kW, left_kW, right_kW)
    }
    return most_kW
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

  /**
   * A copy with a profile more for each slot, empty at first: what its vehicle may draw below a cap, which changes in a run.
   * Returns the number of the first of them.
   */
  withRoom(slots: number): { readonly table: ProfileTable; readonly first: number } {
    const table = new ProfileTable()
    const first = this.size
    const widest = this.firstPiece.reduce((most, at, i) => Math.max(most, at - (this.firstPiece[i - 1] ?? 0)), 1)
    table.sources.push(...this.sources)
    table.firstPiece.push(...this.firstPiece.slice(1))
    table.vehicleSource.push(...this.vehicleSource)
    table.#copyPieces(this, this.#pieces + 2 * widest * slots)
    for (let slot = 0; slot < slots; slot++) {
      table.#pieces += 2 * widest
      table.firstPiece.push(table.#pieces)
      table.vehicleSource.push(0)
    }
    return { table, first }
  }

  /**
   * Writes a profile of `withRoom`: another one, cut off at a cap. Where the cap is lower than what may flow there, `source`
   * binds. size: hot loop
   */
  cutOff(profile: number, base: number, cap_kW: number, source: number): void {
    const { from_frac, to_frac, envelope_kW, envelopeSlope, could_kW, couldSlope, held } = this
    this.vehicleSource[profile] = this.vehicleSource[base] as number
    let at = this.firstPiece[profile] as number
    const end = this.firstPiece[base + 1] as number
    for (let piece = this.firstPiece[base] as number; piece < end; piece++) {
      const from = from_frac[piece] as number
      const to = to_frac[piece] as number
      const slope = envelopeSlope[piece] as number
      const start_kW = envelope_kW[piece] as number
      const stop_kW = start_kW + slope * (to - from)
      const crosses = start_kW > cap_kW !== stop_kW > cap_kW
      const middle = crosses ? Math.min(Math.max(from + (cap_kW - start_kW) / slope, from), to) : to
      for (let half = 0; half < (crosses ? 2 : 1); half++) {
        const left = half === 0 ? from : middle
        const isCut = (half === 0 ? start_kW : stop_kW) > cap_kW
        from_frac[at] = left
        to_frac[at] = half === 0 ? middle : to
        envelope_kW[at] = isCut ? cap_kW : start_kW + slope * (left - from)
        envelopeSlope[at] = isCut ? 0 : slope
        could_kW[at] = (could_kW[piece] as number) + (couldSlope[piece] as number) * (left - from)
        couldSlope[at] = couldSlope[piece] as number
        held[at] = isCut ? 1 : (held[piece] as number)
        this.source[at] = isCut ? source : (this.source[piece] as number)
        if ((to_frac[at] as number) > left) at++
      }
    }
    this.#padTo(profile, at)
  }

  /** Fills what a profile does not need with pieces without length, at its end. */
  #padTo(profile: number, from: number): void {
    const last = from - 1
    const end = this.firstPiece[profile + 1] as number
    const span_frac = (this.to_frac[last] as number) - (this.from_frac[last] as number)
    for (let at = from; at < end; at++) {
      this.from_frac[at] = 1
      this.to_frac[at] = 1
      this.envelope_kW[at] = (this.envelope_kW[last] as number) + (this.envelopeSlope[last] as number) * span_frac
      this.envelopeSlope[at] = 0
      this.could_kW[at] = (this.could_kW[last] as number) + (this.couldSlope[last] as number) * span_frac
      this.couldSlope[at] = 0
      this.held[at] = this.held[last] as number
      this.source[at] = this.source[last] as number
    }
    this.#fillLaterMax(this.firstPiece[profile] as number, end)
  }

  #copyPieces(from: ProfileTable, room: number): void {
    const wider = (values: Float64Array) => filled(values, new Float64Array(room))
    this.from_frac = wider(from.from_frac)
    this.to_frac = wider(from.to_frac)
    this.envelope_kW = wider(from.envelope_kW)
    this.envelopeSlope = wider(from.envelopeSlope)
    this.could_kW = wider(from.could_kW)
    this.couldSlope = wider(from.couldSlope)
    this.laterMax_kW = wider(from.laterMax_kW)
    this.held = filled(from.held, new Int32Array(room))
    this.source = filled(from.source, new Int32Array(room))
    this.#pieces = from.#pieces
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
    this.#copyPieces(this, 2 * this.#pieces)
  }

  #fillLaterMax(first: number, end: number): void {
    let highest_kW = 0
    for (let piece = end - 1; piece >= first; piece--) {
      this.laterMax_kW[piece] = highest_kW
      const start_kW = this.envelope_kW[piece] as number
      const width = (this.to_frac[piece] as number) - (this.from_frac[piece] as number)
      highest_kW = Math.max(highest_kW, start_kW, start_kW + (this.envelopeSlope[piece] as number) * width)
    }
  }
}

/** Copies as many values as there is room for. */
function filled<T extends Float64Array | Int32Array>(from: Float64Array | Int32Array, to: T): T {
  to.set(from.subarray(0, Math.min(from.length, to.length)))
  return to
}
