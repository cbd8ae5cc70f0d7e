import type { Recording } from '../../study/simulate/index.ts'

const MAX_DC_V = 1000

/** What a recording says of its hub. */
export interface RecordedHub extends Recording {
  readonly name: string
}

/**
 * Site file of the hub a recording describes: a post with one plug for each outlet, all on one grid connection. `site_kW` is what
 * that may draw; null: as much as all outlets together.
 */
export function recordedSite({ name, outlets_kW }: RecordedHub, site_kW: number | null): string {
  const import_kW = site_kW ?? outlets_kW.reduce((sum_kW, outlet_kW) => sum_kW + outlet_kW, 0)
  const stations = outlets_kW.map((outlet_kW, at) => {
    const plug = `{ connector: ccs2, maxVoltage_V: ${MAX_DC_V}, maxPower_kW: ${outlet_kW} }`
    return `  - { id: outlet-${at}, evses: [{ connectors: [${plug}] }] }`
  })
  return [
    ...['version: 1', `name: ${JSON.stringify(name)}`, 'timezone: UTC'],
    // A recording does not say where it was made, and nothing of what is played depends on it.
    ...['location: { latitude_deg: 0, longitude_deg: 0, country: DE }', 'currency: EUR'],
    `grid: { import_kW: ${import_kW} }`,
    ...['stations:', ...stations, ''],
  ].join('\n')
}

/** What a recording holds from a moment on: whoever plugged in before is not there. */
export function recordedFrom<T extends Recording>(recording: T, from_s: number): T {
  const sessions = recording.sessions
    .filter(({ plug_s }) => plug_s >= from_s)
    .map((session) => ({
      ...session,
      arrive_s: Math.max(0, session.arrive_s - from_s),
      plug_s: session.plug_s - from_s,
      unplug_s: session.unplug_s - from_s,
    }))
  return { ...recording, duration_s: recording.duration_s - from_s, sessions }
}
