import { useSettings } from '../../shell/settings.tsx'
import { plugColour } from '../colours.ts'
import type { MarketTold } from '../study.ts'
import { type CountLine, Counts } from './counts.tsx'
import { shownYears, type Year } from './time-axis.tsx'

type Counted = MarketTold['history'][number]

function countedOf({ history }: MarketTold, what: Counted['what'], of: string | null): CountLine['counted'] {
  return history
    .filter((series) => series.what === what && series.of === of)
    .flatMap(({ points, used }) => points.map(({ at_yr, value }) => ({ at_yr, value, used })))
}

type BandYear = NonNullable<MarketTold['bands']>[number]

function pointsOf(told: MarketTold, value: (year: Year) => number, band: (band: BandYear) => CountPointBand) {
  return shownYears(told).map((year) => {
    const found = told.bands?.find((one) => one.year === year.year)
    return { at_yr: year.year + 1, value: value(year), band: found ? (band(found) ?? null) : null }
  })
}

type CountPointBand = BandYear['ports'] | null | undefined

/** Cables at open ports by connector, beside the ports themselves and those of the closed network. */
export function Ports({ told }: { readonly told: MarketTold }) {
  const { t } = useSettings()
  const { connectors, closed } = told.region
  const plugs = connectors.map(({ id, name }, c): CountLine => {
    const points = pointsOf(
      told,
      ({ cables }) => cables[c] ?? 0,
      ({ cables }) => cables[c],
    )
    const counted = countedOf(told, 'cables', id)
    return { name: t('web.market.cablesOf', { name }), colour: plugColour(c), points, ...(counted ? { counted } : {}) }
  })
  const open: CountLine = {
    name: t('market.row.ports'),
    colour: 'currentColor',
    points: pointsOf(
      told,
      ({ ports }) => ports,
      ({ ports }) => ports,
    ),
    counted: countedOf(told, 'openPorts', null) ?? [],
  }
  const own: CountLine = {
    name: t('market.row.closedPorts'),
    colour: 'var(--plug-4)',
    isDashed: true,
    points: pointsOf(
      told,
      ({ closedPorts }) => closedPorts,
      () => null,
    ),
    counted: countedOf(told, 'closedPorts', null) ?? [],
  }
  return (
    <Counts
      told={told}
      title={t('web.market.ports')}
      text={t('web.market.portsText')}
      file="market-ports"
      lines={[...plugs, open, ...(closed ? [own] : [])]}
    />
  )
}
