import { Button, Group, Stack, Table, Text, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useSettings } from '../shell/settings.tsx'
import { csvText, saveText } from './save.ts'

/** A column: what it is called, how a row reads in it, how it is shown where that is more than text. */
export interface Column<Row> {
  readonly head: string
  readonly text: (row: Row) => string
  readonly cell?: (row: Row) => ReactNode
  readonly isNumber?: boolean
}

interface Props<Row> {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly keyOf: (row: Row) => string
  /** Said where there is nothing. */
  readonly empty: string
}

const SEARCHED_FROM = 8
const MOST = 200

function csvOf<Row>({ rows, columns }: Props<Row>): string {
  return csvText([columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ text }) => text(row)))])
}

/** Rows that can be searched and kept as CSV. */
export function DataTable<Row>(props: Props<Row>) {
  const { label, rows, columns, keyOf, empty } = props
  const { t } = useSettings()
  const [typed, setTyped] = useState('')
  const wanted = typed.trim().toLowerCase()
  const found = rows.filter((row) => columns.some(({ text }) => text(row).toLowerCase().includes(wanted)))
  if (rows.length === 0) return <Text>{empty}</Text>
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="end">
        {rows.length < SEARCHED_FROM ? (
          <span />
        ) : (
          <TextInput
            aria-label={t('web.table.search')}
            placeholder={t('web.table.search')}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        )}
        <Button size="xs" variant="default" onClick={() => saveText(`${label}.csv`, csvOf(props))}>
          CSV
        </Button>
      </Group>
      <Table.ScrollContainer minWidth={500}>
        <Table striped aria-label={label}>
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ head, isNumber }) => (
                <Table.Th key={head} {...(isNumber ? { className: 'numbers' } : {})}>
                  {head}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.slice(0, MOST).map((row) => (
              <Table.Tr key={keyOf(row)}>
                {columns.map(({ head, text, cell, isNumber }) => (
                  <Table.Td key={head} dir="auto" {...(isNumber ? { className: 'numbers' } : {})}>
                    {cell ? cell(row) : text(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {found.length > MOST ? <Text size="sm">{t('web.table.more', { shown: MOST, all: found.length })}</Text> : null}
    </Stack>
  )
}
