import { Button, Stack, Table } from '@mantine/core'
import { formatNumber } from '../../../src/base/words/index.ts'
import { useSettings } from '../shell/settings.tsx'
import { csvText, saveText } from './save.ts'

/** One limit of several: the tightest holds. */
export interface WaterfallStep {
  readonly key: string
  readonly name: string
  readonly power_kW: number
  /** What else is known of it, e.g. the current. */
  readonly note?: string
}

interface Props {
  readonly title: string
  /** Tightest first. */
  readonly steps: readonly WaterfallStep[]
}

/** Limits down to the one that holds, as bars that are a table. */
export function Waterfall({ title, steps }: Props) {
  const { t, language } = useSettings()
  const most_kW = Math.max(...steps.map(({ power_kW }) => power_kW), 1)
  const wide = [...steps].reverse()
  const save = () =>
    saveText(
      `${title}.csv`,
      csvText([
        [t('web.limit.source'), t('web.limit.power_kW')],
        ...wide.map(({ name, note, power_kW }) => [note ? `${name} (${note})` : name, power_kW]),
      ]),
    )
  return (
    <Stack gap={4}>
      <Table verticalSpacing={4} aria-label={title}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('web.limit.source')}</Table.Th>
            <Table.Th className="numbers">{t('web.limit.power_kW')}</Table.Th>
            <Table.Th w="45%" aria-hidden="true" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {wide.map(({ key, name, power_kW, note }, at) => {
            const holds = at === wide.length - 1
            return (
              <Table.Tr key={key} fw={holds ? 700 : 400}>
                <Table.Td>
                  {name}
                  {note ? ` (${note})` : ''}
                  {holds ? ` ← ${t('web.limit.holds')}` : ''}
                </Table.Td>
                <Table.Td className="numbers">{formatNumber(power_kW, language, 1)}</Table.Td>
                <Table.Td aria-hidden="true">
                  <svg width="100%" height="14" role="presentation">
                    <rect width="100%" height="14" fill="var(--line)" opacity="0.35" />
                    <rect
                      width={`${(100 * power_kW) / most_kW}%`}
                      height="14"
                      fill={holds ? 'var(--hold)' : 'var(--mantine-primary-color-filled)'}
                    />
                  </svg>
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
      <Button size="compact-xs" variant="default" w="fit-content" onClick={save}>
        CSV
      </Button>
    </Stack>
  )
}
