import { Select } from '@mantine/core'
import { useState } from 'react'
import type { Code } from '../../../../src/base/words/index.ts'
import { useSettings } from '../../shell/settings.tsx'
import { plugColour } from '../colours.ts'
import type { MarketTold } from '../study.ts'
import { useWritten } from '../written.ts'
import { ChartFrame, type Values } from './chart-frame.tsx'
import { type CountLine, Counts } from './counts.tsx'

type Component = MarketTold['components'][number]

const parts = {
  ports: { name: 'market.part.ports', of: ({ ports }: Component) => ports.reduce((a, b) => a + b, 0) },
  cooledCable: { name: 'market.part.cooledCable', of: ({ cooledCable_km }: Component) => cooledCable_km },
  pumps: { name: 'market.part.pumps', of: ({ pumps }: Component) => pumps },
  copper: { name: 'market.part.copper', of: ({ copper_t }: Component) => copper_t },
  modules: { name: 'market.part.modules', of: ({ modules }: Component) => modules },
  sicModules: { name: 'market.part.sicModules', of: ({ sicModules }: Component) => sicModules },
} as const satisfies Record<string, { readonly name: Code; readonly of: (one: Component) => number }>

type Part = keyof typeof parts
const partNames = Object.keys(parts) as readonly Part[]

function lineOf({ components }: MarketTold, part: Part, name: string): CountLine {
  const { of } = parts[part]
  return {
    name,
    colour: plugColour(partNames.indexOf(part)),
    points: components.map((one) => {
      const value = of(one)
      const band =
        one.low === null || one.high === null ? null : { p10: value * one.low, p50: value, p90: value * one.high }
      return { at_yr: one.year + 1, value, band }
    }),
  }
}

function tableOf({ components, powerClasses }: MarketTold, t: (code: Code) => string): Values {
  return {
    columns: [
      { head: t('market.row.year'), kind: 'year' },
      ...powerClasses.map((head) => ({ head, kind: 'count' as const })),
      ...partNames.map((part) => ({ head: t(parts[part].name), kind: 'count' as const })),
      { head: t('web.market.bandLow'), kind: 'decimal' },
      { head: t('web.market.bandHigh'), kind: 'decimal' },
    ],
    rows: components.map((one) => [
      one.year,
      ...one.ports,
      ...partNames.map((part) => parts[part].of(one)),
      one.low,
      one.high,
    ]),
  }
}

/** What the ports of a year take: one part over the years with its band, and all of them as a table. */
export function Parts({ told }: { readonly told: MarketTold }) {
  const { t } = useSettings()
  const [part, setPart] = useState<Part>('cooledCable')
  const { share } = useWritten()
  const last = told.components.at(-1)
  const name = t(parts[part].name)
  return (
    <>
      <Select
        label={t('web.market.part')}
        data={partNames.map((value) => ({ value, label: t(parts[value].name) }))}
        value={part}
        allowDeselect={false}
        onChange={(next) => setPart(partNames.find((one) => one === next) ?? part)}
        maw={320}
      />
      <Counts
        told={{ ...told, past: [], events: [] }}
        title={t('web.market.aYear', { name })}
        text={last ? t('web.market.partsText', { year: String(last.year), sic: share(last.sic_frac) }) : ''}
        file={`market-${part}`}
        lines={[lineOf(told, part, name)]}
      />
      <ChartFrame title={t('market.parts')} file="market-parts" values={tableOf(told, t)} />
    </>
  )
}
