import { MultiSelect, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Kind } from '../../../src/hub/standards/index.ts'
import { quick } from '../worker/client.ts'

interface Props {
  readonly label: string
  readonly kinds: readonly Kind[]
  /** Id of the record chosen. */
  readonly value: string | null
  readonly onChange: (id: string | null) => void
}

const SETTLE_ms = 80
const MOST = 30
const ALL = 1000

/** Chooses a record of the catalogue; searches while one types. */
export function RecordPicker({ label, kinds, value, onChange }: Props) {
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed, SETTLE_ms)
  const { data = [] } = useQuery({
    queryKey: ['search', kinds, text],
    queryFn: () => quick.ask('search', { text, kinds, most: MOST }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const options = data.map(({ id, name }) => ({ value: id, label: name === id ? id : `${name} · ${id}` }))
  const isListed = value === null || options.some((option) => option.value === value)
  return (
    <Select
      label={label}
      searchable
      clearable
      data={isListed ? options : [{ value, label: value }, ...options]}
      value={value}
      onChange={onChange}
      onSearchChange={(next) => setTyped(options.some((option) => option.label === next) ? '' : next)}
      filter={({ options: all }) => all}
      maxDropdownHeight={320}
      comboboxProps={{ shadow: 'md' }}
    />
  )
}

interface ManyProps extends Omit<Props, 'value' | 'onChange'> {
  /** Ids of the records chosen. */
  readonly value: string[]
  readonly onChange: (ids: string[]) => void
}

/** Chooses several records of the catalogue. */
export function RecordsPicker({ label, kinds, value, onChange }: ManyProps) {
  const { data = [] } = useQuery({
    queryKey: ['records', kinds],
    queryFn: () => quick.ask('search', { text: '', kinds, most: ALL }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const options = data.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <MultiSelect
      label={label}
      searchable
      data={options}
      value={data.length > 0 ? value : []}
      onChange={onChange}
      limit={MOST}
      maxDropdownHeight={320}
    />
  )
}
