import { Accordion, Anchor, List, Stack, Text } from '@mantine/core'
import type { Code } from '../../../../src/base/words/index.ts'
import { useSettings } from '../../shell/settings.tsx'
import type { MarketTold } from '../study.ts'
import { useWritten } from '../written.ts'
import { ChartFrame, type Values } from './chart-frame.tsx'

/** Rules and adapters of a run, in words. */
function Lines({ told }: { readonly told: MarketTold }) {
  const { t } = useSettings()
  const { share } = useWritten()
  const { region } = told
  const named = (id: string) => [...region.connectors, ...region.groups].find((one) => one.id === id)?.name ?? id
  const rules = region.open.rules.map((rule) =>
    t(`market.report.rule.${rule.kind}`, {
      connector: named(rule.connector),
      from: rule.from,
      share: 'share_frac' in rule ? share(rule.share_frac) : '',
    }),
  )
  const adapters = region.adapters.map(({ group, connector, from, cover_frac }) =>
    t('market.report.adapterLine', {
      ...{ group: named(group), connector: named(connector) },
      ...{ from, cover: share(cover_frac) },
    }),
  )
  const lines = [...rules, ...adapters, ...region.sources]
  return (
    <List size="sm">
      {lines.map((one) => (
        <List.Item key={one}>{one}</List.Item>
      ))}
    </List>
  )
}

function parametersOf({ assumptions }: MarketTold, t: (code: Code) => string): Values {
  return {
    columns: [
      { head: t('market.column.parameter'), kind: 'text' },
      { head: t('market.column.value'), kind: 'decimal' },
      { head: t('market.report.basis'), kind: 'text' },
      { head: t('market.column.logSd'), kind: 'decimal' },
    ],
    rows: assumptions.map(({ name, value, kind, sd }) => [
      ...[name, value],
      ...[t(kind === 'fitted' ? 'web.market.fitted' : 'market.report.assumed'), sd],
    ]),
  }
}

function countsOf({ history, sources }: MarketTold, t: (code: Code) => string): Values {
  return {
    columns: [
      { head: t('market.column.series'), kind: 'text' },
      { head: t('web.market.date'), kind: 'date' },
      { head: t('market.column.value'), kind: 'count' },
      { head: t('web.market.unit'), kind: 'text' },
      { head: t('web.match.confidence'), kind: 'text' },
      { head: t('web.market.used'), kind: 'text' },
      { head: t('web.market.source'), kind: 'text' },
    ],
    rows: history.flatMap(({ id, of, unit, used, points }) =>
      points.map(({ date, value, confidence, source }) => [
        ...[of === null ? id : `${id} (${of})`, date, value, unit],
        t(`web.market.confidence.${confidence}`),
        t(used ? 'web.market.used.yes' : 'web.market.used.no'),
        sources[source]?.title ?? source,
      ]),
    ),
  }
}

function Sources({ told }: { readonly told: MarketTold }) {
  return (
    <List size="sm">
      {Object.entries(told.sources).map(([id, { title, url }]) => (
        <List.Item key={id}>
          {url ? (
            <Anchor href={url} rel="noreferrer" target="_blank" underline="always" size="sm">
              {title}
            </Anchor>
          ) : (
            title
          )}
        </List.Item>
      ))}
    </List>
  )
}

/** What a run stands on: rules, adapters, parameters, and every count with its source and how sure it is. */
export function Assumptions({ told }: { readonly told: MarketTold }) {
  const { t } = useSettings()
  const parts = [
    { id: 'rules', name: t('web.market.rulesAndAdapters'), body: <Lines told={told} /> },
    {
      id: 'parameters',
      name: t('market.report.parameters'),
      body: (
        <ChartFrame title={t('market.report.parameters')} file="market-parameters" values={parametersOf(told, t)} />
      ),
    },
    {
      id: 'counts',
      name: t('web.market.counts', { series: told.history.length }),
      body: (
        <Stack>
          <ChartFrame title={t('web.market.countsTitle')} file="market-counts" values={countsOf(told, t)} />
          <Sources told={told} />
        </Stack>
      ),
    },
  ]
  return (
    <Stack gap="xs">
      <Text size="sm">{t('market.report.assumptionsText')}</Text>
      <Accordion multiple variant="contained">
        {parts.map(({ id, name, body }) => (
          <Accordion.Item key={id} value={id}>
            <Accordion.Control>{name}</Accordion.Control>
            <Accordion.Panel>{body}</Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Stack>
  )
}
