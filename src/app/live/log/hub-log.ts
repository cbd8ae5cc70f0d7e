import { createHmac } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { pino } from 'pino'

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

/** What a line says besides level, time and event. */
export type LogFields = Readonly<Record<string, unknown>>

export interface LogOptions {
  readonly level: LogLevel
  /** File the lines are added to, or who takes each line. */
  readonly to: string | ((line: string) => void)
  /** Secret with which identifiers of people are hashed: the same one gives the same names over restarts. */
  readonly key: string
  /** Told once when a file takes no lines; the hub goes on. */
  readonly failed?: (error: Error) => void
}

/** The log of a hub: lines of JSON, one for each thing that happens. */
export interface HubLog {
  isOn(level: LogLevel): boolean
  /** `event` names what happened, in words joined by dots. */
  write(level: LogLevel, event: string, fields?: LogFields): void
  /** A name for an identifier of a person, from which that cannot be found out. */
  hashed(identifier: string): string
  close(): void
}

const HASH_LENGTH = 12
const OWNER_ONLY = 0o600

interface Sink {
  write(line: string): void
  close(): void
}

/**
 * Each line is handed to the system at once: a crash loses none, and a disk that is full takes them again by itself once it has room.
 * Buffering writers were tried: one retries a full disk for ever when it is closed.
 */
function fileSink(path: string, failed: (error: Error) => void): Sink {
  const file = openSync(path, 'a', OWNER_ONLY)
  let isTold = false
  const write = (line: string): void => {
    try {
      writeSync(file, line)
    } catch (error) {
      if (!isTold && error instanceof Error) failed(error)
      isTold = true
    }
  }
  return { write, close: () => closeSync(file) }
}

const lineSink = (take: (line: string) => void): Sink => ({ write: (line) => take(line.trimEnd()), close: () => {} })

/** Opens a log. Throws the system's error when its file cannot be opened. */
export function openLog({ level, to, key, failed = () => {} }: LogOptions): HubLog {
  const sink = typeof to === 'string' ? fileSink(to, failed) : lineSink(to)
  const options = {
    ...{ level, base: null, messageKey: 'event', timestamp: pino.stdTimeFunctions.isoTime },
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const logger = pino(options, sink)
  return {
    isOn: (wanted) => logger.isLevelEnabled(wanted),
    write: (at, event, fields = {}) => logger[at](fields, event),
    hashed: (identifier) =>
      createHmac('sha256', key).update(identifier.toUpperCase()).digest('hex').slice(0, HASH_LENGTH),
    close: () => sink.close(),
  }
}

/** A log nobody reads. */
export const noLog: HubLog = { isOn: () => false, write: () => {}, hashed: () => '', close: () => {} }
