import { Readings } from './readings.ts'
import { Setpoints } from './setpoints.ts'
import type { SiteController } from './site-controller.ts'

const perEvse = [
  'session',
  'power_kW',
  'measured_s',
  'current_A',
  'voltage_V',
  'soc_frac',
  'cable_degC',
  'canTake_kW',
  'confirmed',
  'confirmed_kW',
  'confirmedUntil_s',
  'offline',
  'curve',
  'departure_s',
  'priority',
] as const
/** Bit of an EVSE that was touched, above those of its fields. */
const TOUCHED = 1 << perEvse.length

const perSite = ['time_s', 'siteLimit_kW', 'otherLoad_kW', 'siteMeter_kW', 'siteMeasured_s', 'scheduleCount'] as const

const START_BYTES = 1024
const F64 = Float64Array.BYTES_PER_ELEMENT

/** Bytes that are written one value after the other, in a buffer that grows. */
class Writer {
  #view = new DataView(new ArrayBuffer(START_BYTES))
  #at = 0

  clear(): void {
    this.#at = 0
  }

  f64(value: number): void {
    const at = this.#take(F64)
    this.#view.setFloat64(at, value)
  }

  u16(value: number): void {
    const at = this.#take(2)
    this.#view.setUint16(at, value)
  }

  u8(value: number): void {
    const at = this.#take(1)
    this.#view.setUint8(at, value)
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.#view.buffer, 0, this.#at).slice()
  }

  #take(bytes: number): number {
    const at = this.#at
    this.#at += bytes
    if (this.#at > this.#view.byteLength) {
      const grown = new Uint8Array(2 * this.#at)
      grown.set(new Uint8Array(this.#view.buffer))
      this.#view = new DataView(grown.buffer)
    }
    return at
  }
}

class Reader {
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  f64(): number {
    this.#at += F64
    return this.#view.getFloat64(this.#at - F64)
  }

  u16(): number {
    this.#at += 2
    return this.#view.getUint16(this.#at - 2)
  }

  u8(): number {
    this.#at += 1
    return this.#view.getUint8(this.#at - 1)
  }
}

/**
 * Writes decisions down: of the readings what has changed since the entry before, of the setpoints what is to be sent. An entry
 * is bytes; a row of them from the start of a controller, or from a snapshot of it, is all that is needed to decide again.
 */
export class DecisionRecorder {
  readonly #written: Readings
  readonly #writer = new Writer()
  #first = true

  constructor(evses: number) {
    this.#written = new Readings(evses)
  }

  /** Before the decision. */
  readings(readings: Readings): void {
    this.#writer.clear()
    this.#site(readings)
    const { touched, touchedCount } = readings
    if (this.#first) this.#all(readings)
    else {
      this.#writer.u16(touchedCount)
      for (let i = 0; i < touchedCount; i++) this.#evse(touched[i] as number, readings, TOUCHED)
    }
    this.#first = false
  }

  /** After the decision; answers the entry. */
  setpoints(setpoints: Setpoints, askAgain_s: number): Uint8Array {
    const writer = this.#writer
    const { changed, changedCount, siteReason } = setpoints
    writer.f64(askAgain_s)
    writer.u8(siteReason)
    writer.u16(changedCount)
    for (let i = 0; i < changedCount; i++) {
      const evse = changed[i] as number
      writer.u16(evse)
      writer.f64(setpoints.number[evse] as number)
      writer.f64(setpoints.limit_kW[evse] as number)
      writer.f64(setpoints.until_s[evse] as number)
      writer.u8(setpoints.reason[evse] as number)
      writer.u16((setpoints.boundBy[evse] as number) + 1)
    }
    return writer.bytes()
  }

  #site(readings: Readings): void {
    const writer = this.#writer
    const written = this.#written
    let mask = 0
    for (const [bit, name] of perSite.entries()) if (!Object.is(readings[name], written[name])) mask |= 1 << bit
    writer.u8(mask)
    for (const [bit, name] of perSite.entries()) {
      if ((mask & (1 << bit)) === 0) continue
      writer.f64(readings[name])
      written[name] = readings[name]
    }
    for (let step = 0; step < readings.scheduleCount; step++) {
      writer.f64(readings.scheduleFrom_s[step] as number)
      writer.f64(readings.schedule_kW[step] as number)
    }
  }

  /** The first entry has every EVSE: a controller that starts looks at all. */
  #all(readings: Readings): void {
    const touched = new Set(readings.touched.subarray(0, readings.touchedCount))
    this.#writer.u16(readings.evses)
    for (const evse of touched) this.#evse(evse, readings, TOUCHED)
    for (let evse = 0; evse < readings.evses; evse++) if (!touched.has(evse)) this.#evse(evse, readings, 0)
  }

  #evse(evse: number, readings: Readings, touched: number): void {
    const writer = this.#writer
    const written = this.#written
    let mask = touched
    for (let bit = 0; bit < perEvse.length; bit++) {
      const name = perEvse[bit] as (typeof perEvse)[number]
      if (!Object.is(readings[name][evse], written[name][evse])) mask |= 1 << bit
    }
    writer.u16(evse)
    writer.u16(mask)
    for (let bit = 0; bit < perEvse.length; bit++) {
      if ((mask & (1 << bit)) === 0) continue
      const name = perEvse[bit] as (typeof perEvse)[number]
      const value = readings[name][evse] as number
      writer.f64(value)
      written[name][evse] = value
    }
  }
}

/** Puts the readings of an entry on top of those of the entries before it. */
function apply(reader: Reader, readings: Readings): void {
  const mask = reader.u8()
  for (const [bit, name] of perSite.entries()) if ((mask & (1 << bit)) !== 0) readings[name] = reader.f64()
  for (let step = 0; step < readings.scheduleCount; step++) {
    readings.scheduleFrom_s[step] = reader.f64()
    readings.schedule_kW[step] = reader.f64()
  }
  for (let left = reader.u16(); left > 0; left--) {
    const evse = reader.u16()
    const fields = reader.u16()
    for (const [bit, name] of perEvse.entries()) if ((fields & (1 << bit)) !== 0) readings[name][evse] = reader.f64()
    if ((fields & TOUCHED) !== 0) readings.touch(evse)
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

/**
 * Decides again on the readings of a log, with a controller as it was at its first entry. Answers the number of the first
 * entry that comes out differently by a single bit, -1: none does.
 */
export function replayDecisions(controller: SiteController, evses: number, entries: Iterable<Uint8Array>): number {
  const readings = new Readings(evses)
  const setpoints = new Setpoints(evses)
  const recorder = new DecisionRecorder(evses)
  let number = 0
  for (const entry of entries) {
    apply(new Reader(entry), readings)
    recorder.readings(readings)
    const again = recorder.setpoints(setpoints, controller.decide(readings, setpoints))
    if (!isSame(entry, again)) return number
    number++
  }
  return -1
}
