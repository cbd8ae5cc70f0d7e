import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core'
import type { Levers } from '../../../src/study/market/index.ts'
import { useSettings } from '../shell/settings.tsx'
import type { MarketTold } from './study.ts'

type Rule = Levers['rules'][number]

interface Props {
  readonly rules: Levers['rules']
  readonly connectors: MarketTold['region']['connectors']
  readonly from: string
  readonly onChange: (rules: Levers['rules']) => void
}

function asMandate({ connector, from }: Rule): Rule {
  return { kind: 'mandate', connector, from, share_frac: 1 }
}

function asBan({ connector, from }: Rule): Rule {
  return { kind: 'ban', connector, from }
}

interface RowProps {
  readonly rule: Rule
  readonly connectors: Props['connectors']
  readonly onChange: (rule: Rule) => void
  readonly onRemove: () => void
}

function RuleRow({ rule, connectors, onChange, onRemove }: RowProps) {
  const { t } = useSettings()
  return (
    <Group gap="xs" align="end" wrap="wrap">
      <Select
        size="xs"
        w={110}
        label={t('web.market.rule')}
        data={[
          { value: 'mandate', label: t('web.market.rule.mandate') },
          { value: 'ban', label: t('web.market.rule.ban') },
        ]}
        value={rule.kind}
        allowDeselect={false}
        onChange={(kind) => onChange(kind === 'ban' ? asBan(rule) : asMandate(rule))}
      />
      <Select
        size="xs"
        w={120}
        label={t('market.report.connector')}
        data={connectors.map(({ id, name }) => ({ value: id, label: name }))}
        value={rule.connector}
        allowDeselect={false}
        onChange={(connector) => onChange({ ...rule, connector: connector ?? rule.connector })}
      />
      {rule.kind === 'mandate' ? (
        <NumberInput
          size="xs"
          w={90}
          label={t('web.market.rule.share')}
          min={0}
          max={100}
          suffix=" %"
          value={100 * rule.share_frac}
          onChange={(share) => onChange({ ...rule, share_frac: typeof share === 'number' ? share / 100 : 1 })}
        />
      ) : null}
      <TextInput
        size="xs"
        w={130}
        type="date"
        label={t('web.market.rule.from')}
        value={rule.from}
        onChange={({ currentTarget: { value } }) => (value === '' ? undefined : onChange({ ...rule, from: value }))}
      />
      <ActionIcon variant="default" size="input-xs" aria-label={t('web.market.rule.remove')} onClick={onRemove}>
        ×
      </ActionIcon>
    </Group>
  )
}

/** Mandates and bans beside those of the scenario. */
export function Rules({ rules, connectors, from, onChange }: Props) {
  const { t } = useSettings()
  const first = connectors[0]?.id
  const add = () => first && onChange([...rules, { kind: 'mandate', connector: first, from, share_frac: 1 }])
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm">{t('web.market.rules')}</Text>
        <Button size="compact-xs" variant="default" onClick={add}>
          {t('web.market.rule.add')}
        </Button>
      </Group>
      {rules.map((rule, at) => (
        <RuleRow
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no name, and stay in their order
          key={at}
          rule={rule}
          connectors={connectors}
          onChange={(next) => onChange(rules.map((one, place) => (place === at ? next : one)))}
          onRemove={() => onChange(rules.filter((_, place) => place !== at))}
        />
      ))}
    </Stack>
  )
}
