import { ActionIcon, Group, NumberInput, Select, Stack, Table, Text, TextInput } from '@mantine/core'
import { policyNames } from '../../../src/hub/controller/index.ts'
import { useSettings } from '../shell/settings.tsx'
import { type FieldPath, formOf, withCount, withField } from './site-text.ts'

interface Props {
  readonly text: string
  readonly onChange: (text: string) => void
}

function Stations({ text, onChange }: Props) {
  const { t } = useSettings()
  const { stations } = formOf(text)
  if (stations.length === 0) return <Text size="sm">{t('web.design.noStations')}</Text>
  return (
    <Table verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('web.design.station')}</Table.Th>
          <Table.Th>{t('web.design.product')}</Table.Th>
          <Table.Th>{t('web.design.count')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {stations.map(({ id, product, count }) => (
          <Table.Tr key={id}>
            <Table.Td>{id}</Table.Td>
            <Table.Td>{product}</Table.Td>
            <Table.Td>
              <Group gap="xs" wrap="nowrap">
                <ActionIcon
                  variant="default"
                  aria-label={t('web.design.fewer', { id })}
                  onClick={() => onChange(withCount(text, id, count - 1))}
                >
                  −
                </ActionIcon>
                <Text miw={22} ta="center">
                  {count}
                </Text>
                <ActionIcon
                  variant="default"
                  aria-label={t('web.design.more', { id })}
                  onClick={() => onChange(withCount(text, id, count + 1))}
                >
                  +
                </ActionIcon>
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** The figures of a site file one changes most; the same text as in the editor. */
export function SiteForm({ text, onChange }: Props) {
  const { t } = useSettings()
  const form = formOf(text)
  const set = (path: FieldPath) => (value: string | number | null) => {
    if (value !== null && value !== '') onChange(withField(text, path, value))
  }
  return (
    <Stack>
      <Group grow align="start">
        <TextInput
          label={t('web.design.name')}
          value={form.name ?? ''}
          onChange={({ currentTarget }) => set('name')(currentTarget.value)}
        />
        <Select
          label={t('web.design.policy')}
          data={[...policyNames]}
          value={form.policy ?? policyNames[0]}
          onChange={set('policy')}
          allowDeselect={false}
        />
      </Group>
      <Group grow align="start">
        <NumberInput
          label={t('web.design.import_kW')}
          min={1}
          step={100}
          value={form.import_kW ?? ''}
          onChange={set('grid/import_kW')}
        />
        <NumberInput
          label={t('web.design.sessions_perDay')}
          min={0}
          step={10}
          value={form.sessions_perDay ?? ''}
          onChange={set('demand/sessions_perDay')}
        />
      </Group>
      <Stations text={text} onChange={onChange} />
    </Stack>
  )
}
