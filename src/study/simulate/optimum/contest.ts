import { type Charge, hours, most_kW, roomAfter } from './charge.ts'

/** Each round proves more pieces free of the limit; after a few there is little left to prove. */
const ROUNDS = 6

/** A session from the first piece in which the limit may bind; up to there it charges without any limit. */
export interface Contender {
  readonly charge: Charge
  /** Pieces: from this one to, and without, the other. */
  readonly from: number
  readonly until: number
  /** Room left when `from` begins. */
  readonly room_kWh: number
}

/** Where sessions may have to share: the pieces between every plug-in and departure. */
export interface Contest {
  /** Begin of each piece; nobody is there from the last one on. */
  readonly times_s: readonly number[]
  /** 1 where the limit may bind, whatever is done before. */
  readonly binds: Uint8Array
  readonly contenders: readonly Contender[]
  /** Energy of the sessions that never have to share. */
  readonly free_kWh: number
}

/** A session over all its pieces. */
interface Stay {
  readonly charge: Charge
  readonly first: number
  readonly until: number
}

function staysOf(charges: readonly Charge[], times_s: readonly number[]): Stay[] {
  const at = new Map(times_s.map((time_s, index) => [time_s, index]))
  const indexOf = (time_s: number): number => at.get(time_s) ?? 0
  return charges.map((charge) => ({ charge, first: indexOf(charge.plug_s), until: indexOf(charge.unplug_s) }))
}

/** Room when a piece begins, after charging without any limit since plug-in. */
function freeRoom_kWh(charge: Charge, time_s: number): number {
  return roomAfter(charge, charge.room_kWh, hours(charge.plug_s, time_s))
}

function contenderOf({ charge, first, until }: Stay, binds: Uint8Array, times_s: readonly number[]): Contender {
  const found = binds.subarray(first, until).indexOf(1)
  const from = found < 0 ? until : first + found
  return { charge, from, until, room_kWh: freeRoom_kWh(charge, times_s[from] ?? 0) }
}

/**
 * Pieces in which the sessions together could take more than the limit. Before it contends a session has the room of
 * free charging; later at most the room it had when it began to.
 */
function bindingPieces(
  stays: readonly Stay[],
  contenders: readonly Contender[],
  times_s: readonly number[],
  limit_kW: number,
): Uint8Array {
  const most = new Float64Array(times_s.length)
  for (const [index, { charge, first }] of stays.entries()) {
    const { from, until, room_kWh } = contenders[index] as Contender
    for (let piece = first; piece < until; piece++) {
      const room = piece < from ? freeRoom_kWh(charge, times_s[piece] ?? 0) : room_kWh
      most[piece] = (most[piece] ?? 0) + most_kW(charge, room)
    }
  }
  return Uint8Array.from(most, (power_kW) => (power_kW > limit_kW ? 1 : 0))
}

/**
 * Finds where a limit may bind and who is concerned. Elsewhere charging without restraint is best: more energy early
 * never leaves less at the end.
 */
export function contestOf(charges: readonly Charge[], limit_kW: number): Contest {
  const moments = new Set(charges.flatMap(({ plug_s, unplug_s }) => [plug_s, unplug_s]))
  const times_s = [...moments].sort((a, b) => a - b)
  const stays = staysOf(charges, times_s)
  let binds: Uint8Array = new Uint8Array(times_s.length).fill(1)
  let all = stays.map((stay) => contenderOf(stay, binds, times_s))
  for (let round = 0; round < ROUNDS; round++) {
    binds = bindingPieces(stays, all, times_s, limit_kW)
    all = stays.map((stay) => contenderOf(stay, binds, times_s))
  }
  const free = all.filter(({ from, until }) => from === until)
  const free_kWh = free.reduce((sum, { charge, room_kWh }) => sum + charge.room_kWh - room_kWh, 0)
  return { times_s, binds, contenders: all.filter(({ from, until }) => from < until), free_kWh }
}
