import { List, Stack, Text } from '@mantine/core'
import { useSettings } from '../../shell/settings.tsx'
import type { MarketTold } from '../study.ts'
import { useWritten } from '../written.ts'
import { ChartFrame, type Values } from './chart-frame.tsx'

/** Whether the region has tipped, and how near each plug is to tipping. */
export function Tipping({ told }: { readonly told: MarketTold }) {
  const { t } = useSettings()
  const { share } = useWritten()
  const { tipping, region, switches } = told
  const name = (connector: string) => region.connectors.find(({ id }) => id === connector)?.name ?? connector
  const usual = (connector: string) => switches.find((one) => one.connector === connector)
  const rounded = (at_yr: number | null | undefined) => (at_yr == null ? null : Number(at_yr.toFixed(1)))
  const values: Values = {
    columns: [
      { head: t('market.report.connector'), kind: 'text' },
      { head: t('market.report.demand'), kind: 'share' },
      { head: t('web.market.state'), kind: 'text' },
      { head: t('web.market.slope'), kind: 'decimal' },
      { head: t('web.market.criticalMass'), kind: 'share' },
      { head: t('market.report.paysFrom'), kind: 'year' },
      { head: t('market.report.paysUntil'), kind: 'year' },
    ],
    rows: tipping.plugs.map(({ connector, demand_frac, criticalMass_frac, slope, fading }) => [
      ...[name(connector), demand_frac],
      t(
        fading
          ? 'web.market.state.fading'
          : demand_frac >= told.threshold_frac
            ? 'web.market.state.pays'
            : 'web.market.state.below',
      ),
      ...[slope, criticalMass_frac],
      rounded(usual(connector)?.starts_yr),
      rounded(usual(connector)?.stops_yr),
    ]),
  }
  const end = told.years.at(-1)
  return (
    <Stack gap="xs">
      {region.switch && end ? (
        <List size="sm">
          <List.Item>
            {t(tipping.tipped ? 'web.market.tipped' : 'web.market.notTipped', { share: share(end.committed_frac) })}
          </List.Item>
          <List.Item>
            {tipping.half_yr === null
              ? t('market.verdict.noHalf')
              : t('market.verdict.half', { year: tipping.half_yr.toFixed(1) })}
          </List.Item>
        </List>
      ) : (
        <Text size="sm">{t('web.market.noSwitch', { region: region.name })}</Text>
      )}
      <ChartFrame
        title={t('web.market.tipping')}
        text={t('web.market.tippingText')}
        file="market-tipping"
        values={values}
      />
    </Stack>
  )
}
