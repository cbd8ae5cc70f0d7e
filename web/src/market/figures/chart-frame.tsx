import { Button, Group, Stack, Table, Text } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { saveText } from '../../parts/save.ts'
import { useSettings } from '../../shell/settings.tsx'
import { type Cell, type Kind, useWritten } from '../written.ts'
import { Scrolled } from './scrolled.tsx'

/** What a figure shows, as a table. */
export interface Values {
  readonly columns: readonly { readonly head: string; readonly kind: Kind }[]
  readonly rows: readonly (readonly Cell[])[]
}

export interface LegendItem {
  readonly name: string
  readonly colour: string
}

interface Props {
  readonly title: string
  /** What is seen, in a sentence or two. */
  readonly text?: string
  /** Name of the CSV file, without its ending. */
  readonly file: string
  readonly values: Values
  readonly legend?: readonly LegendItem[]
  readonly controls?: ReactNode
  /** The figure at a width; absent: the table is the figure. */
  readonly picture?: (width: number) => ReactNode
}

function csvOf({ columns, rows }: Values): string {
  const quoted = (cell: Cell) => (typeof cell === 'string' ? `"${cell.replaceAll('"', '""')}"` : (cell ?? ''))
  return [columns.map(({ head }) => quoted(head)), ...rows.map((row) => row.map(quoted))]
    .map((row) => row.join(','))
    .join('\n')
}

function lookOf(kind: Kind): { readonly className?: string } {
  if (kind === 'text') return {}
  return { className: kind === 'date' ? 'nowrap' : 'numbers' }
}

/** The values of a figure; the first cell of a row names it. */
function ValueTable({ label, values: { columns, rows } }: { readonly label: string; readonly values: Values }) {
  const { cell } = useWritten()
  return (
    <Scrolled label={label} width_px={Math.min(900, 90 * columns.length)} height_px={540}>
      <Table striped stickyHeader aria-label={label} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ head, kind }) => (
              <Table.Th key={head} {...lookOf(kind)}>
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.join()}>
              {columns.map(({ head, kind }, at) => (
                <Table.Td key={head} {...lookOf(kind)}>
                  {cell(row[at] ?? null, kind)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scrolled>
  )
}

function Legend({ items }: { readonly items: readonly LegendItem[] }) {
  return (
    <Group gap="4px 16px" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {items.map(({ name, colour }) => (
        <Group key={name} component="li" gap={6} wrap="nowrap">
          <span className="swatch" style={{ background: colour }} />
          <Text size="sm">{name}</Text>
        </Group>
      ))}
    </Group>
  )
}

/** A figure with its legend, its table and its CSV. */
export function ChartFrame({ title, text, file, values, legend, controls, picture }: Props) {
  const { t } = useSettings()
  const [asTable, setAsTable] = useState(false)
  const { ref, width } = useElementSize<HTMLDivElement>()
  const isTable = asTable || !picture
  return (
    <Stack gap={6} component="figure" m={0} aria-label={title} miw={0}>
      <Group justify="space-between" component="figcaption" wrap="wrap" gap="4px 12px">
        <Text fw={600}>{title}</Text>
        <Group gap="xs">
          {isTable ? null : controls}
          {picture ? (
            <Button size="compact-xs" variant="default" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
              {t(asTable ? 'web.chart.asPicture' : 'web.chart.asTable')}
            </Button>
          ) : null}
          <Button size="compact-xs" variant="default" onClick={() => saveText(`${file}.csv`, csvOf(values))}>
            CSV
          </Button>
        </Group>
      </Group>
      {text ? (
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      ) : null}
      {legend && !isTable ? <Legend items={legend} /> : null}
      <div ref={ref}>
        {isTable ? <ValueTable label={title} values={values} /> : width > 0 ? picture?.(width) : null}
      </div>
    </Stack>
  )
}
