import type { ContactorParameters } from './parameters.ts'

/** Whether the voltage across it lets a contactor close. */
export function mayClose({ makeMismatch_V }: ContactorParameters, mismatch_V: number): boolean {
  return Math.abs(mismatch_V) <= makeMismatch_V
}

/** Whether the current through it lets a contactor open. */
export function mayOpen({ breakCurrent_A }: ContactorParameters, current_A: number): boolean {
  return Math.abs(current_A) <= breakCurrent_A
}

/**
 * Chance of a weld by one closing, fitted to the one data sheet that tells it (Durakool DEVR40 on 320 V: 50 000
 * closings onto a capacity charged to 90 %, 50 onto one charged to 80 %): life falls a thousandfold when the mismatch
 * doubles. Other contactors differ: an order of magnitude at best.
 */
const makeLaw = { mismatch_V: 32, perClosing: 1 / 50_000, power: Math.log2(1000) } as const

/**
 * Chance of a weld by one opening: 2000 A is broken once, no current as often as its mechanics last. Same data sheet.
 */
const BREAK_ONCE_A = 2000

/** Chance that one closing across a voltage welds it; at most 1. */
export function weldByClosing(mismatch_V: number): number {
  return Math.min(1, makeLaw.perClosing * (Math.abs(mismatch_V) / makeLaw.mismatch_V) ** makeLaw.power)
}

/**
 * Chance that one opening under a current ends it, from once in its mechanical life at the current it may break to 1 at
 * 2000 A.
 */
export function weldByOpening({ breakCurrent_A, cycles }: ContactorParameters, current_A: number): number {
  const least = 1 / cycles
  const over = Math.abs(current_A) / breakCurrent_A
  if (over <= 1) return least
  const power = Math.log(cycles) / Math.log(BREAK_ONCE_A / breakCurrent_A)
  return Math.min(1, least * over ** power)
}

/** Where a contactor stands; `welded` does not open, `stuck` does not close. */
export const ContactorPosition = { open: 0, closing: 1, closed: 2, opening: 3, welded: 4, stuck: 5 } as const

/**
 * Values a contactor keeps in the caller's array: its position, and when a movement ends (Infinity while it stands).
 */
export const CONTACTOR_STATE = 2

function put(state: Float64Array, at: number, position: number, until_s: number): void {
  state[at] = position
  state[at + 1] = until_s
}

/** A contactor that stands open. */
export function resetContactor(state: Float64Array, at: number): void {
  put(state, at, ContactorPosition.open, Number.POSITIVE_INFINITY)
}

/** Lets it move up to now; returns when it wants to be asked again. */
export function settleContactor(state: Float64Array, at: number, now_s: number): number {
  const until_s = state[at + 1] as number
  if (until_s > now_s) return until_s
  const closed = state[at] === ContactorPosition.closing
  put(state, at, closed ? ContactorPosition.closed : ContactorPosition.open, Number.POSITIVE_INFINITY)
  return Number.POSITIVE_INFINITY
}

/** Whether current can flow through it: until an opening one has opened, and not before a closing one has closed. */
export function conducts(state: Float64Array, at: number): boolean {
  const position = state[at]
  return (
    position === ContactorPosition.closed ||
    position === ContactorPosition.opening ||
    position === ContactorPosition.welded
  )
}

/** Commands it to close; a welded or stuck one stays. Returns when it is there, Infinity where it stays. */
export function closeContactor(
  { close_s }: ContactorParameters,
  state: Float64Array,
  at: number,
  now_s: number,
): number {
  settleContactor(state, at, now_s)
  if (!moves(state, at)) return Number.POSITIVE_INFINITY
  const { closed, closing } = ContactorPosition
  if (state[at] !== closed && state[at] !== closing) put(state, at, closing, now_s + close_s)
  return state[at + 1] as number
}

/** Commands it to open, likewise. */
export function openContactor({ open_s }: ContactorParameters, state: Float64Array, at: number, now_s: number): number {
  settleContactor(state, at, now_s)
  if (!moves(state, at)) return Number.POSITIVE_INFINITY
  const { open, opening } = ContactorPosition
  if (state[at] !== open && state[at] !== opening) put(state, at, opening, now_s + open_s)
  return state[at + 1] as number
}

function moves(state: Float64Array, at: number): boolean {
  return state[at] !== ContactorPosition.welded && state[at] !== ContactorPosition.stuck
}

/** Weld test: after both have opened, a voltage above the safe one behind the contactor means that one did not. */
export function looksWelded(voltageBehind_V: number, safe_V: number): boolean {
  return voltageBehind_V > safe_V
}
