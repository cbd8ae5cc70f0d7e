import { List, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { Figure } from '../parts/figure.tsx'
import { useSettings } from '../shell/settings.tsx'
import type { MarketTold } from './study.ts'
import { useWritten } from './written.ts'

/** Who moves how much of the end: makers or rules. */
function Dial({ market_frac }: { readonly market_frac: number }) {
  const { t } = useSettings()
  const { share } = useWritten()
  return (
    <Stack gap={2}>
      <svg width="100%" height="18" role="presentation">
        <rect width="100%" height="18" fill="var(--plug-2)" rx={3} />
        <rect width={`${100 * market_frac}%`} height="18" fill="var(--plug-1)" rx={3} />
      </svg>
      <Text size="sm">
        {t('market.report.dial', {
          market: share(Math.round(100 * market_frac) / 100),
          rules: share(Math.round(100 * (1 - market_frac)) / 100),
        })}
      </Text>
    </Stack>
  )
}

/** The answer in words, until when there are data, and the figures of the last year. */
export function Answer({ told }: { readonly told: MarketTold }) {
  const { t, told: said } = useSettings()
  const { share, short } = useWritten()
  const { verdict, score, until, scenario, secondCable_cost } = told
  const end = told.years.at(-1)
  return (
    <Stack component="section" gap="sm" aria-labelledby="market-answer">
      <Title order={2} size="h3" id="market-answer">
        {t('market.report.answer')}
      </Title>
      {scenario.text ? <Text size="sm">{scenario.text}</Text> : null}
      <List aria-live="polite" fw={600}>
        {verdict.sentences.map(({ code, params }) => (
          <List.Item key={code}>{said(code, params)}</List.Item>
        ))}
      </List>
      {verdict.market_frac === null ? null : <Dial market_frac={verdict.market_frac} />}
      {end ? (
        <SimpleGrid cols={{ base: 2, sm: 4 }}>
          <Figure name={t('web.market.portsAt', { year: String(end.year) })} value={short(end.ports)} />
          <Figure name={t('market.row.adapterSessions')} value={share(end.adapterSessions_frac)} />
          <Figure name={t('market.row.unusable')} value={share(end.unusablePorts_frac)} />
          <Figure
            name={t('market.row.redundant')}
            value={t('web.market.cablesFor', {
              cables: short(end.redundantCables),
              cost: short(end.redundantCables * secondCable_cost),
            })}
          />
        </SimpleGrid>
      ) : null}
      <Text size="sm" c="dimmed">
        {t('market.report.until', {
          until,
          model: score.model,
          naive: score.naive,
          method: said(`market.method.${score.method}`),
        })}
      </Text>
    </Stack>
  )
}
