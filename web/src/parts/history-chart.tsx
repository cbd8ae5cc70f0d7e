import { useQuery } from '@tanstack/react-query'
import type { History, SiteNow } from '../../../src/app/api/hub-view.ts'
import { get } from '../api/client.ts'
import { useSettings } from '../shell/settings.tsx'
import { TimeChart } from './time-chart.tsx'
import { Trouble } from './trouble.tsx'
import { Waiting } from './waiting.tsx'

const HOUR_ms = 3_600_000
const STEP_s = 30
const AGAIN_ms = 5000

/** A moment of the MeterPoints of an EVSE. */
interface Point {
  readonly at_ms: number
  readonly power_kW: number | null
  readonly soc_frac: number | null
}

async function lastHour<T>(path: string): Promise<{ readonly timezone: string; readonly data: T }> {
  const { now_ms, timezone } = await get<SiteNow>('site')
  const to_ms = Math.round(now_ms)
  const data = await get<T>(`${path}?from_ms=${to_ms - HOUR_ms}&to_ms=${to_ms}&step_s=${STEP_s}`)
  return { timezone, data }
}

function useLastHour<T>(path: string) {
  return useQuery({ queryKey: ['lastHour', path], queryFn: () => lastHour<T>(path), refetchInterval: AGAIN_ms })
}

/** Power of a node over the last hour. */
export function HistoryChart({ nodeKey, name }: { readonly nodeKey: string; readonly name: string }) {
  const { t } = useSettings()
  const { data, error } = useLastHour<History>('history')
  if (!data) return error ? <Trouble error={error} /> : <Waiting />
  const { times_ms, power_kW } = data.data
  const series = [{ name, values: power_kW[nodeKey] ?? times_ms.map(() => null), colour: '#0b7285', filled: true }]
  const times_s = times_ms.map((at_ms) => at_ms / 1000)
  return (
    <TimeChart
      title={t('web.time.lastHour')}
      unit="kW"
      {...{ times_s, series, timezone: data.timezone }}
      height={200}
    />
  )
}

/** Power and state of charge at an EVSE over the last hour. */
export function EvseHistory({ stationId, evse }: { readonly stationId: string; readonly evse: number }) {
  const { t } = useSettings()
  const { data, error } = useLastHour<readonly Point[]>(`evses/${encodeURIComponent(stationId)}/${evse}/history`)
  if (!data) return error ? <Trouble error={error} /> : <Waiting />
  const points = data.data
  const series = [
    {
      name: `${t('web.match.power')}, kW`,
      values: points.map(({ power_kW }) => power_kW),
      colour: '#0b7285',
      filled: true,
    },
    {
      name: `${t('web.match.soc')}, %`,
      values: points.map(({ soc_frac }) => (soc_frac === null ? null : 100 * soc_frac)),
      colour: '#c2255c',
    },
  ]
  const times_s = points.map(({ at_ms }) => at_ms / 1000)
  return (
    <TimeChart
      title={t('web.time.lastHour')}
      unit="kW, %"
      {...{ times_s, series, timezone: data.timezone }}
      height={200}
    />
  )
}
