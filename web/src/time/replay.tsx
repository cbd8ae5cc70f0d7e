import { Button, Group, Slider, Stack, Text, Title } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { EvseNow, History, SiteNow } from '../../../src/app/api/hub-view.ts'
import { get } from '../api/client.ts'
import { useHub } from '../api/queries.ts'
import { Drawing } from '../hub/drawing.tsx'
import type { EvseState, HubState } from '../hub/state.ts'
import { useMoment } from '../parts/use-moment.ts'
import { Waiting } from '../parts/waiting.tsx'
import { useSettings } from '../shell/settings.tsx'
import { quick } from '../worker/client.ts'

/** A step of the past takes so long to look at. */
const BEAT_ms = 250
/** Of more EVSEs than this only their nodes are replayed. */
const MOST_EVSES = 64
const NOTHING_kW = 0.1

interface Point {
  readonly at_ms: number
  readonly power_kW: number | null
  readonly soc_frac: number | null
}

function evseState(point: Point | undefined): EvseState {
  const power_kW = point?.power_kW ?? null
  const mode = power_kW === null ? 'free' : power_kW > NOTHING_kW ? 'charging' : 'occupied'
  const unknown = { limit_kW: null, vehicle: null, minutesLeft: null, cable_degC: null, because: null, trouble: null }
  return { ...unknown, mode, power_kW, soc_frac: point?.soc_frac ?? null }
}

/** What each EVSE measured, by its id, then by the moment. */
function useMeters(evses: readonly EvseNow[], { times_ms, step_s }: History) {
  const [from_ms = 0] = times_ms
  const to_ms = (times_ms.at(-1) ?? 0) + step_s * 1000
  return useQueries({
    queries: evses.slice(0, MOST_EVSES).map(({ stationId, evse }) => {
      const path = `evses/${encodeURIComponent(stationId)}/${evse}/history?from_ms=${from_ms}&to_ms=${to_ms}&step_s=${step_s}`
      return {
        queryKey: ['replay', path],
        queryFn: () => get<readonly Point[]>(path),
        staleTime: Number.POSITIVE_INFINITY,
      }
    }),
    combine: (answers) =>
      new Map(
        answers.map(({ data }, at) => [
          evses[at]?.id ?? '',
          new Map((data ?? []).map((point) => [point.at_ms, point])),
        ]),
      ),
  })
}

function stateAt(history: History, at: number, meters: ReadonlyMap<string, ReadonlyMap<number, Point>>): HubState {
  const at_ms = history.times_ms[at] ?? 0
  const powers = Object.entries(history.power_kW).map(([key, values]) => [key, values[at] ?? 0] as const)
  const limit_kW = history.limit_kW[at] ?? null
  return {
    power_kW: Object.fromEntries(powers),
    limit_kW: limit_kW === null ? {} : { grid: limit_kW },
    evses: Object.fromEntries([...meters].map(([id, points]) => [`evse ${id}`, evseState(points.get(at_ms))])),
  }
}

/** Steps on by itself while it plays. */
function usePlayed(steps: number, begin: number) {
  const [at, setAt] = useState(begin)
  const [isPlaying, setPlaying] = useState(false)
  useEffect(() => {
    if (!isPlaying) return
    const timer = window.setInterval(() => setAt((now) => Math.min(now + 1, steps - 1)), BEAT_ms)
    return () => window.clearInterval(timer)
  }, [isPlaying, steps])
  useEffect(() => {
    if (at >= steps - 1) setPlaying(false)
  }, [at, steps])
  const toggle = () => {
    if (!isPlaying && at >= steps - 1) setAt(0)
    setPlaying(!isPlaying)
  }
  return { at, setAt, isPlaying, toggle }
}

/** The hub as it was, step by step. */
export function Replay({ history, site }: { readonly history: History; readonly site: SiteNow }) {
  const { t } = useSettings()
  const moment = useMoment()
  const hub = useHub()
  const { text } = site
  const plan = useQuery({ queryKey: ['plan', text], queryFn: () => quick.ask('plan', { text }) })
  const meters = useMeters(hub.data?.evses ?? [], history)
  const steps = history.times_ms.length
  const { at, setAt, isPlaying, toggle } = usePlayed(
    steps,
    Math.max(
      0,
      (history.power_kW['grid'] ?? []).findIndex((power_kW) => (power_kW ?? 0) > 0),
    ),
  )
  const state = useMemo(() => stateAt(history, at, meters), [history, at, meters])
  return (
    <Stack component="section" gap="xs">
      <Title order={2} size="h3">
        {t('web.replay.title')}
      </Title>
      <Group wrap="nowrap">
        <Button variant="default" onClick={toggle}>
          {t(isPlaying ? 'web.replay.pause' : 'web.replay.play')}
        </Button>
        <Slider
          style={{ flex: 1 }}
          min={0}
          max={Math.max(1, steps - 1)}
          value={at}
          onChange={setAt}
          label={null}
          thumbLabel={t('web.replay.moment')}
          thumbProps={{ 'aria-valuetext': moment(history.times_ms[at] ?? null) }}
        />
        <Text miw={150} role="status">
          {moment(history.times_ms[at] ?? null)}
        </Text>
      </Group>
      {plan.isPending ? <Waiting /> : null}
      {plan.data ? <Drawing plan={plan.data} state={state} /> : null}
    </Stack>
  )
}
