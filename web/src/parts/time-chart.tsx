import 'uplot/dist/uPlot.min.css'
import { Button, Group, Stack, Table, Text, useComputedColorScheme } from '@mantine/core'
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import UPlot from 'uplot'
import { formatNumber, type Language, locales } from '../../../src/base/words/index.ts'
import { useSettings } from '../shell/settings.tsx'
import { csvText, saveText } from './save.ts'

/** One line of a chart; null: nothing known then. */
export interface Series {
  readonly name: string
  readonly values: readonly (number | null)[]
  readonly colour: string
  /** Filled down to the axis. */
  readonly filled?: boolean
  readonly dashed?: boolean
  /** Stands upon the stacked ones after it. */
  readonly stacked?: boolean
}

interface Props {
  readonly title: string
  readonly unit: string
  /** Seconds since 1970. */
  readonly times_s: readonly number[]
  readonly series: readonly Series[]
  readonly timezone: string
  readonly height?: number
}

const MOST_ROWS = 500

function useWritten(timezone: string) {
  const { language } = useSettings()
  const format = new Intl.DateTimeFormat(locales[language], {
    timeZone: timezone,
    ...({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const),
  })
  return (time_s: number) => format.format(time_s * 1000)
}

const DAY_s = 86_400

/** Hours and minutes; over more than a day the day as well. */
function clockOf({ timezone, times_s }: Props, language: Language): (time_s: number) => string {
  const isLong = (times_s.at(-1) ?? 0) - (times_s[0] ?? 0) > 1.5 * DAY_s
  const format = new Intl.DateTimeFormat(locales[language], {
    ...{ timeZone: timezone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    ...(isLong ? { month: 'numeric', day: 'numeric' } : {}),
  })
  return (time_s) => format.format(time_s * 1000)
}

/** What a series is drawn as: stacked ones upon all stacked ones after them. */
function drawnOf(series: readonly Series[]): (number | null)[][] {
  return series.map(({ values, stacked }, at) => {
    if (!stacked) return [...values]
    const below = series.slice(at + 1).filter((other) => other.stacked)
    return values.map((value, step) => {
      if (value === null) return null
      return below.reduce((sum, other) => sum + (other.values[step] ?? 0), value)
    })
  })
}

interface Look {
  readonly width: number
  readonly ink: string
  readonly ground: string
  /** Value of a series at a step, as it is read. */
  readonly written: (time_s: number) => string
  /** A moment as an axis has room for. */
  readonly clock: (time_s: number) => string
  readonly shown: (series: number, step: number) => string
}

function optionsOf(
  { title, unit, series, timezone, height = 260 }: Props,
  { width, ink, ground, shown, written, clock }: Look,
): UPlot.Options {
  const axis = { stroke: ink, grid: { stroke: 'color-mix(in srgb, currentColor 12%, transparent)', width: 1 } }
  return {
    width: Math.max(width, 200),
    height,
    tzDate: (time_s) => UPlot.tzDate(new Date(time_s * 1000), timezone),
    cursor: { drag: { x: true, y: false } },
    scales: { y: { range: (_, low, high) => [Math.min(0, low), high > 0 ? high * 1.05 : 1] } },
    axes: [
      { ...axis, values: (_, splits) => splits.map(clock) },
      { ...axis, label: unit, size: 64 },
    ],
    series: [
      { value: (_, time_s) => (time_s == null ? '–' : written(time_s)), label: title },
      ...series.map(
        ({ name, colour, filled, dashed, stacked }, at): UPlot.Series => ({
          label: name,
          value: (_, __, ___, step) => (step === null ? '–' : shown(at, step)),
          stroke: colour,
          width: 1.5,
          ...(filled ? { fill: `color-mix(in srgb, ${colour} 22%, transparent)` } : {}),
          ...(stacked ? { fill: `color-mix(in srgb, ${colour} 60%, ${ground})`, width: 1 } : {}),
          ...(dashed ? { dash: [6, 4] } : {}),
          points: { show: false },
        }),
      ),
    ],
  }
}

function Canvas(props: Props) {
  const place = useRef<HTMLDivElement | null>(null)
  const { ref: measure, width } = useElementSize<HTMLDivElement>()
  const ref = useMergedRef(place, measure)
  const chart = useRef<UPlot | null>(null)
  const { language } = useSettings()
  const written = useWritten(props.timezone)
  const latest = useRef(props)
  latest.current = props
  const scheme = useComputedColorScheme('light')
  const span = Math.round(((props.times_s.at(-1) ?? 0) - (props.times_s[0] ?? 0)) / DAY_s)
  const shape = JSON.stringify([
    props.title,
    span,
    props.series.map(({ values, ...rest }) => rest),
    width,
    scheme,
    language,
  ])
  // biome-ignore lint/correctness/useExhaustiveDependencies: built anew when its shape changes, fed below when its data do
  useEffect(() => {
    if (!place.current || width === 0) return
    const dark = scheme === 'dark'
    const shown = (at: number, step: number) => {
      const value = latest.current.series[at]?.values[step]
      return value == null ? '–' : formatNumber(value, language, 1)
    }
    const look = {
      written,
      clock: clockOf(props, language),
      width,
      ink: dark ? '#ced4da' : '#343a40',
      ground: dark ? '#242424' : '#ffffff',
      shown,
    }
    const made = new UPlot(optionsOf(props, look), [[]], place.current)
    chart.current = made
    feed(made, props)
    return () => made.destroy()
  }, [shape])
  useEffect(() => {
    if (chart.current) feed(chart.current, props)
  }, [props])
  return <div ref={ref} style={{ width: '100%', minHeight: props.height ?? 260 }} />
}

function feed(chart: UPlot, { times_s, series }: Props): void {
  chart.setData([times_s as number[], ...drawnOf(series)])
}

function Rows({ times_s, series, timezone, unit }: Props) {
  const { t, language } = useSettings()
  const written = useWritten(timezone)
  const from = Math.max(0, times_s.length - MOST_ROWS)
  return (
    <Table.ScrollContainer minWidth={300} mah={320}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('web.chart.time')}</Table.Th>
            {series.map(({ name }) => (
              <Table.Th key={name} className="numbers">{`${name}, ${unit}`}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {times_s.slice(from).map((time_s, at) => (
            <Table.Tr key={time_s}>
              <Table.Td>{written(time_s)}</Table.Td>
              {series.map(({ name, values }) => {
                const value = values[from + at]
                return (
                  <Table.Td key={name} className="numbers">
                    {value == null ? '–' : formatNumber(value, language, 1)}
                  </Table.Td>
                )
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function csvOf({ times_s, series, unit }: Props): string {
  const head = ['time', ...series.map(({ name }) => `${name}, ${unit}`)]
  const rows = times_s.map((time_s, at) => {
    return [new Date(time_s * 1000).toISOString(), ...series.map(({ values }) => values[at] ?? null)]
  })
  return csvText([head, ...rows])
}

/** Lines over time; the same as a table and as CSV. Dragging zooms, a double click shows all. */
export function TimeChart(props: Props) {
  const { t } = useSettings()
  const [asTable, setAsTable] = useState(false)
  return (
    <Stack gap={4} component="figure" m={0}>
      <Group justify="space-between" component="figcaption">
        <Text fw={600}>{props.title}</Text>
        <Group gap="xs">
          <Button size="compact-xs" variant="default" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {t(asTable ? 'web.chart.asPicture' : 'web.chart.asTable')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => saveText(`${props.title}.csv`, csvOf(props))}>
            CSV
          </Button>
        </Group>
      </Group>
      {asTable ? <Rows {...props} /> : <Canvas {...props} />}
    </Stack>
  )
}
