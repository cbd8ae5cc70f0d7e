import { Button, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { History, SiteNow } from '../../../src/app/api/hub-view.ts'
import { get } from '../api/client.ts'
import { Gate } from '../api/gate.tsx'
import { useSite } from '../api/queries.ts'
import { type Series, TimeChart } from '../parts/time-chart.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { useSettings } from '../shell/settings.tsx'
import { layersOf } from './layers.ts'
import { Replay } from './replay.tsx'

const AGAIN_ms = 5000
const HOUR_ms = 3_600_000
/** Spans one can look at, and the steps they are shown in. */
const spans = {
  minutes: { length_ms: HOUR_ms / 6, back_ms: 0, step_s: 10 },
  hour: { length_ms: HOUR_ms, back_ms: 0, step_s: 30 },
  day: { length_ms: 24 * HOUR_ms, back_ms: 0, step_s: 300 },
  yesterday: { length_ms: 24 * HOUR_ms, back_ms: 24 * HOUR_ms, step_s: 300 },
  week: { length_ms: 168 * HOUR_ms, back_ms: 0, step_s: 1800 },
} as const
type Span = keyof typeof spans
const spanNames = ['minutes', 'hour', 'day', 'yesterday', 'week'] as const
const COLOURS = ['#0b7285', '#5f3dc4', '#2b8a3e', '#c2255c', '#1864ab', '#866118', '#a61e4d', '#495057', '#087f5b']

/** What draws, one upon the other, below the limit. */
function useSeries(history: History | undefined): readonly Series[] {
  const { t } = useSettings()
  if (!history) return []
  const name = (key: string) =>
    key === 'rest' ? t('web.time.rest') : key === 'others' ? t('web.time.others') : key.replace(/^\S+ /, '')
  const layers = layersOf(history)
  const all: Series = { name: t('web.time.hub'), values: history.power_kW['grid'] ?? [], colour: '#868e96' }
  const limit: Series = { name: t('web.time.limit'), values: history.limit_kW, colour: '#c92a2a', dashed: true }
  const stacked = layers.map(
    ({ key, power_kW }, at): Series => ({
      ...{ name: name(key), values: power_kW, stacked: true },
      colour: COLOURS[at % COLOURS.length] ?? 'gray',
    }),
  )
  return [...stacked, all, limit]
}

function PowerOverTime({ site, span }: { readonly site: SiteNow; readonly span: Span }) {
  const { t } = useSettings()
  const { length_ms, back_ms, step_s } = spans[span]
  const [isReplayed, setReplayed] = useState(false)
  const { data, error } = useQuery({
    queryKey: ['history', span],
    queryFn: async () => {
      const { now_ms } = await get<SiteNow>('site')
      const to_ms = Math.round(now_ms - back_ms)
      return get<History>(`history?from_ms=${to_ms - length_ms}&to_ms=${to_ms}&step_s=${step_s}`)
    },
    refetchInterval: isReplayed ? false : AGAIN_ms,
  })
  const series = useSeries(data)
  if (!data) return error ? <Trouble error={error} /> : <Waiting />
  const isEmpty = Object.keys(data.power_kW).length === 0
  return (
    <Stack>
      {isEmpty ? <Text>{t('web.time.nothing')}</Text> : null}
      <TimeChart
        title={t('web.time.power')}
        unit="kW"
        times_s={data.times_ms.map((at_ms) => at_ms / 1000)}
        series={series}
        timezone={site.timezone}
        height={420}
      />
      <Button w="fit-content" variant="default" aria-expanded={isReplayed} onClick={() => setReplayed(!isReplayed)}>
        {t(isReplayed ? 'web.replay.close' : 'web.replay.open')}
      </Button>
      {isReplayed ? <Replay history={data} site={site} /> : null}
    </Stack>
  )
}

function Time() {
  const { t } = useSettings()
  const site = useSite()
  const [span, setSpan] = useState<Span>('hour')
  return (
    <Stack>
      <Title order={1} size="h2">
        {t('web.time.title')}
      </Title>
      <SegmentedControl
        aria-label={t('web.time.span')}
        value={span}
        onChange={(value) => setSpan(value as Span)}
        data={spanNames.map((name) => ({ value: name, label: t(`web.time.${name}`) }))}
        w="fit-content"
      />
      {site.data ? <PowerOverTime key={span} site={site.data} span={span} /> : <Trouble error={site.error} />}
    </Stack>
  )
}

/** Power over time, against the limit. */
export default function TimePage() {
  return (
    <Gate>
      <Time />
    </Gate>
  )
}
