import type { Desk } from '../desk.ts'
import { type EvseState, noReading, type Station } from '../station.ts'
import type { Transaction } from '../transactions/transaction.ts'
import type { EvseReading } from '../views.ts'
import type { Sample } from './sample.ts'

/** A meter that shows more than this many times the rating of its EVSE is not believed. */
const BEYOND_RATING = 2

/** A station whose clock is off by less is taken at its word. */
const CLOCK_TOLERANCE_ms = 5000

/** When a sample was taken by our clock: never later than now. */
function ourTime_ms(station: Station, told_ms: number, now_ms: number): number {
  const off_ms = station.clock.off_ms ?? 0
  return Math.min(now_ms, Math.abs(off_ms) > CLOCK_TOLERANCE_ms ? told_ms - off_ms : told_ms)
}

function merged(before: EvseReading, sample: Sample, at_ms: number): EvseReading {
  return {
    at_ms: Math.max(before.at_ms, at_ms),
    power_W: sample.power_W ?? before.power_W,
    energy_Wh: sample.energy_Wh ?? before.energy_Wh,
    current_A: sample.current_A ?? before.current_A,
    voltage_V: sample.voltage_V ?? before.voltage_V,
    soc_frac: sample.soc_frac ?? before.soc_frac,
    cable_degC: sample.cable_degC ?? before.cable_degC,
    offered_W: sample.offered_W ?? before.offered_W,
  }
}

function withoutImpossible(desk: Desk, station: Station, evse: EvseState, sample: Sample): Sample {
  const most_W = evse.rating_kW === null ? Number.POSITIVE_INFINITY : evse.rating_kW * 1000 * BEYOND_RATING
  if (sample.power_W === null || sample.power_W <= most_W) return sample
  const params = { power: sample.power_W / 1000, rating: evse.rating_kW }
  desk.doubt(station, evse.evse, { code: 'doubt.powerBeyondRating', params })
  return { ...sample, power_W: null }
}

function store(desk: Desk, station: Station, where: Where, sample: Sample): void {
  const { power_W, energy_Wh, current_A, voltage_V, soc_frac } = sample
  const isEmpty =
    power_W === null && energy_Wh === null && current_A === null && voltage_V === null && soc_frac === null
  if (isEmpty) return
  const { stationId } = station
  const transaction = where.transaction?.key.id ?? null
  const { at_ms } = sample
  desk.store.meter([
    { at_ms, stationId, evse: where.evse, transaction, power_W, energy_Wh, current_A, voltage_V, soc_frac },
  ])
}

interface Where {
  readonly evse: number
  readonly transaction: Transaction | null
  /** Recorded while out of reach: true of then, not of now. */
  readonly isPast: boolean
}

/**
 * Takes what meters of a station showed: for the store, for the energy of the transaction, and, unless it is of the past, as
 * what is known of the EVSE now. `evse` 0 is the supply of the station.
 */
export function takeSamples(desk: Desk, station: Station, where: Where, samples: readonly Sample[]): void {
  const evse = where.evse > 0 ? station.evse(where.evse) : null
  const now_ms = desk.now_ms()
  let reading = (evse ? evse.reading : station.supply) ?? noReading
  for (const told of samples) {
    for (const doubt of told.doubts) desk.doubt(station, where.evse, doubt)
    const sample = evse ? withoutImpossible(desk, station, evse, told) : told
    store(desk, station, where, sample)
    if (sample.energy_Wh !== null) where.transaction?.addPoint([sample.rank, sample.at_ms, sample.energy_Wh])
    const at_ms = ourTime_ms(station, sample.at_ms, now_ms)
    if (!where.isPast && at_ms >= reading.at_ms) reading = merged(reading, sample, at_ms)
  }
  if (where.isPast || reading === noReading) return
  if (evse) evse.reading = reading
  else station.supply = reading
  desk.emit({ kind: 'reading', stationId: station.stationId, evse: where.evse, at_ms: now_ms, reading })
}
