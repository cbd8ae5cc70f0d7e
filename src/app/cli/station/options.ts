import type { Coded } from '../../../base/words/index.ts'
import type { OcppVersion } from '../../../live/ocpp/index.ts'
import type { Faults } from '../../../live/station/index.ts'
import type { OptionReader } from '../options.ts'
import { usageProblem } from '../print.ts'

/** Faults by the name they have on the command line, and how to read their value. */
const readers: Readonly<Record<string, (value: string) => Faults | null>> = {
  lost: (value) => number(value, 0, 1, (lost_frac) => ({ lost_frac })),
  profiles: (value) => (value === 'refuse' || value === 'ignore' || value === 'mute' ? { profiles: value } : null),
  clock: (value) => number(value, -1e7, 1e7, (clockOff_s) => ({ clockOff_s })),
  drift: (value) => number(value, -0.5, 0.5, (clockDrift_frac) => ({ clockDrift_frac })),
  disconnect: (value) =>
    rhythm(value, (disconnectEvery_s, disconnectFor_s) => ({ disconnectEvery_s, disconnectFor_s })),
  power: (value) => rhythm(value, (powerLossEvery_s, powerLossFor_s) => ({ powerLossEvery_s, powerLossFor_s })),
}

function number(text: string, min: number, max: number, make: (value: number) => Faults): Faults | null {
  const value = Number(text)
  return text.trim() !== '' && value >= min && value <= max ? make(value) : null
}

/** `600/60`: every 600 s on average, for 60 s. */
function rhythm(text: string, make: (every_s: number, for_s: number) => Faults): Faults | null {
  const [every_s = 0, for_s = 0] = /^\d{1,7}\/\d{1,7}$/.test(text) ? text.split('/').map(Number) : []
  return every_s > 0 && for_s > 0 ? make(every_s, for_s) : null
}

function faultProblem(text: string): Coded {
  return { code: 'station.cli.fault', params: { text, known: Object.keys(readers) } }
}

function readFaults(read: OptionReader): Faults {
  let faults: Faults = {}
  for (const text of read.list('--fault')) {
    const at = text.indexOf('=')
    const name = text.slice(0, at)
    const reader = at > 0 && Object.hasOwn(readers, name) ? readers[name] : undefined
    const fault = reader?.(text.slice(at + 1))
    if (fault) faults = { ...faults, ...fault }
    else read.problems.push(usageProblem(faultProblem(text)))
  }
  return faults
}

export interface StationOptions {
  readonly url: string
  readonly site: string | undefined
  readonly count: number
  readonly id: string
  readonly version: OcppVersion | undefined
  readonly password: string | undefined
  readonly faults: Faults
  readonly isLenient: boolean
  readonly physics: boolean
  readonly seed: number
  readonly speed: number
  /** By the clock of the stations; absent: until interrupted. */
  readonly minutes: number | undefined
  readonly json: boolean
}

const versions: readonly OcppVersion[] = ['1.6', '2.0.1', '2.1']
const MAX_SEED = 2 ** 53 - 1
const MOST_STATIONS = 5000
const idForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/

function readUrl(read: OptionReader): string {
  const text = read.text('--url')
  if (text === undefined) {
    read.problems.push(usageProblem({ code: 'station.cli.noUrl', params: {} }))
    return ''
  }
  if (!/^wss?:\/\/[^\s/]+(\/\S*)?$/.test(text)) {
    read.problems.push(usageProblem({ code: 'station.cli.url', params: { text } }))
  }
  return text
}

function readId(read: OptionReader): string {
  const id = read.text('--id') ?? 'virtual'
  if (!idForm.test(id)) read.problems.push(usageProblem({ code: 'station.cli.id', params: { text: id } }))
  return id
}

export function readStationOptions(read: OptionReader): StationOptions {
  read.notTogether('--site', '--count')
  read.notTogether('--site', '--id')
  return {
    url: readUrl(read),
    site: read.text('--site'),
    count: read.integer('--count', { min: 1, max: MOST_STATIONS }) ?? 1,
    id: readId(read),
    version: read.oneOf('--ocpp', versions),
    password: read.text('--password'),
    faults: readFaults(read),
    isLenient: read.flag('--lenient'),
    physics: read.flag('--physics'),
    seed: read.integer('--seed', { min: 0, max: MAX_SEED }) ?? 1,
    speed: read.number('--speed', { min: 0.01, max: 1000 }) ?? 1,
    minutes: read.number('--minutes', { min: 0.01, max: 1e6 }),
    json: read.flag('--json'),
  }
}
