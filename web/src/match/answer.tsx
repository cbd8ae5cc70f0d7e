import { Alert, Badge, Group, List, Stack, Text, Title } from '@mantine/core'
import { formatNumber } from '../../../src/base/words/index.ts'
import { Waterfall } from '../parts/waterfall.tsx'
import { useSettings } from '../shell/settings.tsx'
import type { MatchAnswer } from '../worker/requests.ts'
import { Chain } from './chain.tsx'

const colours = { yes: 'green', limited: 'yellow', no: 'red' } as const

function Obstacles({ result }: Pick<MatchAnswer, 'result'>) {
  const { t, told } = useSettings()
  if (result.obstacles.length === 0) return null
  return (
    <Alert color="red" title={t('web.match.obstacles')}>
      <List>
        {result.obstacles.map(({ code, params, remedy }) => (
          <List.Item key={`${code} ${JSON.stringify(params)}`}>
            {told(code, params)}
            {remedy ? <Text size="sm">→ {told(remedy.code, remedy.params)}</Text> : null}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

function Figures({ result, names }: MatchAnswer) {
  const { t, language } = useSettings()
  const number = (value: number | null, digits = 0) =>
    value === null ? t('web.unknown') : formatNumber(value, language, digits)
  const figures = [
    [t('web.match.power'), `${number(result.power_kW)} kW`],
    [t('web.match.minutes10to80'), number(result.minutes10to80)],
    [
      t('web.match.protocol'),
      result.protocol === null ? t('web.unknown') : (names[result.protocol] ?? result.protocol),
    ],
    [t('web.match.confidence'), result.confidence],
  ] as const
  return (
    <Group gap="xl">
      {figures.map(([name, value]) => (
        <div key={name}>
          <Text size="xs" c="dimmed">
            {name}
          </Text>
          <Text fw={700} size="lg">
            {value}
          </Text>
        </div>
      ))}
    </Group>
  )
}

/** What a match comes to: the chain, the figures, the limits, what is in the way. */
export function Answer(answer: MatchAnswer) {
  const { t, told, language } = useSettings()
  const { result, names } = answer
  const name = (id: string | null) => (id === null ? null : (names[id] ?? id))
  const steps = result.limits.map(({ source, power_kW, current_A, params }, at) => ({
    key: `${at} ${source}`,
    name: told(source, params),
    power_kW,
    ...(current_A === undefined ? {} : { note: `${formatNumber(current_A, language, 0)} A` }),
  }))
  return (
    <Stack aria-live="polite">
      <Group>
        <Title order={2} size="h3">
          {t(result.fits ? 'web.match.fits' : 'web.match.fitsNot')}
        </Title>
        <Badge color={colours[result.verdict]} variant="light" size="lg">
          {t(`web.match.verdict.${result.verdict}`)}
        </Badge>
      </Group>
      {result.kind === 'plug' ? (
        <Chain
          plug={name(result.connector)}
          adapters={result.through.map((id) => name(id) ?? id)}
          inlet={name(result.inlet)}
          joins={result.fits}
        />
      ) : null}
      <Figures {...answer} />
      <Obstacles result={result} />
      {steps.length > 0 ? <Waterfall title={t('web.match.limits')} steps={steps} /> : null}
      {result.warnings.map(({ code, params }) => (
        <Text key={code} size="sm" c="dimmed">
          {told(code, params)}
        </Text>
      ))}
      <Text size="xs" c="dimmed">
        {t('web.match.sources', { sources: [...result.sources], date: result.date })}
      </Text>
    </Stack>
  )
}
