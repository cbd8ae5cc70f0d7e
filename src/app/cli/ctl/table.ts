import { formatNumber, type Language, say } from '../../../base/words/index.ts'
import type { EvseNow, HubNow, ShownStation, SiteNow, Why } from '../../api/client/index.ts'
import { type Align, textTable } from '../simulation/text-table.ts'

export type Cell = string | number | null | undefined

/** Rows under a head; nothing known is a dash. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[], language: Language): string {
  const numeric = head.map((_, column) => rows.some((row) => typeof row[column] === 'number'))
  const aligns: Align[] = numeric.map((isNumber) => (isNumber ? 'right' : 'left'))
  const shown = rows.map((row) => head.map((_, column) => cell(row[column], language)))
  return textTable(aligns, [head, ...shown])
}

function cell(value: Cell, language: Language): string {
  if (value === null || value === undefined || value === '') return '-'
  return typeof value === 'number' ? formatNumber(value, language, 1) : value
}

export function time(at_ms: number | null): string | null {
  return at_ms === null || !Number.isFinite(at_ms) ? null : new Date(at_ms).toISOString().slice(0, 19).concat('Z')
}

const PERCENT = 100

export function evseRow(now: EvseNow): readonly Cell[] {
  const soc = now.soc_frac === null ? null : Math.round(now.soc_frac * PERCENT)
  const minutes = now.minutesLeft === null ? null : Math.round(now.minutesLeft)
  return [now.stationId, now.evse, now.id, now.mode, now.power_kW, now.limit_kW, soc, minutes, now.vehicle]
}

export const evseHead = ['station', 'evse', 'id', 'mode', 'kW', 'limit kW', '% SoC', 'min', 'vehicle']

export function stationRow(station: ShownStation): readonly Cell[] {
  const { stationId, state, online, version, vendor, model, evses, heard_ms } = station
  const make = [vendor, model].filter(Boolean).join(' ')
  return [stationId, state, online ? 'online' : 'offline', version, make, evses.length, time(heard_ms)]
}

export const stationHead = ['station', 'state', 'line', 'ocpp', 'make', 'evses', 'heard']

/** How the hub is, in a few lines. */
export function statusText(site: SiteNow, hub: HubNow, alarms: number, language: Language): string {
  const count = (mode: EvseNow['mode']): number => hub.evses.filter((evse) => evse.mode === mode).length
  const params = { site: site.name, power: hub.power_kW['grid'] ?? 0, limit: site.limit_kW, import: site.import_kW }
  const plugs = {
    ...{ evses: hub.evses.length, charging: count('charging'), free: count('free'), occupied: count('occupied') },
    ...{ faulted: count('faulted'), offline: count('offline') },
  }
  return [
    say('ctl.status.hub', params, language),
    say('ctl.status.evses', plugs, language),
    say('ctl.status.alarms', { alarms }, language),
    ...(site.isChanged ? [say('ctl.status.changed', {}, language)] : []),
  ].join('\n')
}

export function whyText(limits: readonly Why[], language: Language): string {
  return table(
    ['kW', ''],
    limits.map(({ power_kW, reason }) => [power_kW, say(reason.code, reason.params, language)]),
    language,
  )
}
