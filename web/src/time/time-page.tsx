import { SegmentedControl, Stack, Title } from '@mantine/core'
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

const AGAIN_ms = 5000
const HOUR_ms = 3_600_000
/** Spans one can look at, and the steps they are shown in. */
const spans = {
  hour: { length_ms: HOUR_ms, back_ms: 0, step_s: 30 },
  day: { length_ms: 24 * HOUR_ms, back_ms: 0, step_s: 300 },
  yesterday: { length_ms: 24 * HOUR_ms, back_ms: 24 * HOUR_ms, step_s: 300 },
  week: { length_ms: 168 * HOUR_ms, back_ms: 0, step_s: 1800 },
} as const
type Span = keyof typeof spans
const spanNames = ['hour', 'day', 'yesterday', 'week'] as const
const COLOURS = ['#0b7285', '#5f3dc4', '#2b8a3e', '#c2255c', '#1864ab', '#866118']

/** The hub and its circuits; of a hub without circuits, its cabinets. */
function shownOf(keys: readonly string[]): readonly string[] {
  const circuits = keys.filter((key) => key.startsWith('circuit '))
  return ['grid', ...(circuits.length > 0 ? circuits : keys.filter((key) => key !== 'grid'))]
}

function seriesOf({ power_kW, limit_kW }: History, words: { readonly limit: string; readonly all: string }): Series[] {
  const lines = shownOf(Object.keys(power_kW)).map(
    (key, at): Series => ({
      name: key === 'grid' ? words.all : key,
      values: power_kW[key] ?? [],
      colour: COLOURS[at % COLOURS.length] ?? 'gray',
      filled: key === 'grid',
    }),
  )
  return [...lines, { name: words.limit, values: limit_kW, colour: '#c92a2a', dashed: true }]
}

function PowerOverTime({ site, span }: { readonly site: SiteNow; readonly span: Span }) {
  const { t } = useSettings()
  const { length_ms, back_ms, step_s } = spans[span]
  const { data, error } = useQuery({
    queryKey: ['history', span],
    queryFn: async () => {
      const { now_ms } = await get<SiteNow>('site')
      const to_ms = Math.round(now_ms - back_ms)
      return get<History>(`history?from_ms=${to_ms - length_ms}&to_ms=${to_ms}&step_s=${step_s}`)
    },
    refetchInterval: AGAIN_ms,
  })
  if (error) return <Trouble error={error} />
  if (!data) return <Waiting />
  const series = seriesOf(data, { limit: t('web.time.limit'), all: t('web.time.hub') })
  return (
    <TimeChart
      title={t('web.time.power')}
      unit="kW"
      times_s={data.times_ms.map((at_ms) => at_ms / 1000)}
      series={series}
      timezone={site.timezone}
      height={420}
    />
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
      {site.data ? <PowerOverTime site={site.data} span={span} /> : <Trouble error={site.error} />}
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
