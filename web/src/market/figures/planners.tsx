import { useSettings } from '../../shell/settings.tsx'
import type { MarketTold } from '../study.ts'
import { ChartFrame, type Values } from './chart-frame.tsx'

/** Cables to fit by size of site. */
export function Planners({ told }: { readonly told: MarketTold }) {
  const { t } = useSettings()
  const values: Values = {
    columns: [
      { head: t('market.report.connector'), kind: 'text' },
      { head: t('market.row.year'), kind: 'year' },
      { head: t('market.report.demand'), kind: 'share' },
      { head: t('market.report.pays'), kind: 'share' },
      ...told.siteSizes.map((n) => ({ head: t('market.report.cablesOf', { n }), kind: 'count' as const })),
    ],
    rows: told.planners.map(({ name, year, demand_frac, pays_frac, cables }) => [
      ...[name, year, demand_frac, pays_frac],
      ...cables,
    ]),
  }
  return (
    <ChartFrame
      title={t('market.report.planners')}
      text={t('web.market.plannersText')}
      file="market-planners"
      values={values}
    />
  )
}
