import { useSettings } from '../../shell/settings.tsx'
import type { MarketTold } from '../study.ts'
import { ChartFrame, type Values } from './chart-frame.tsx'

/** What happened when: the numbers that the figures mark. Nothing where nothing is known. */
export function Events({ told }: { readonly told: MarketTold }) {
  const { t, told: said } = useSettings()
  if (told.events.length === 0) return null
  const values: Values = {
    columns: [
      { head: '№', kind: 'year' },
      { head: t('web.market.date'), kind: 'date' },
      { head: t('web.market.kind'), kind: 'text' },
      { head: t('web.market.what'), kind: 'text' },
    ],
    rows: told.events.map(({ date, kind, what, isForecast }, at) => [
      ...[at + 1, date],
      t(isForecast ? 'web.market.mark.assumed' : `web.market.mark.${kind}`),
      said(what.code, what.params),
    ]),
  }
  return (
    <ChartFrame title={t('web.market.events')} text={t('web.market.eventsText')} file="market-events" values={values} />
  )
}
