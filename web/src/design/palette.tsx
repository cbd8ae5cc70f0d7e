import { Button, ScrollArea, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSettings } from '../shell/settings.tsx'
import { quick } from '../worker/client.ts'
import { PRODUCT_TYPE } from './product-type.ts'

const SETTLE_ms = 80
const MOST = 60

/** Posts of the catalogue, to be dragged into the text or added by a press. */
export function Palette({ onProduct }: { readonly onProduct: (id: string) => void }) {
  const { t } = useSettings()
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed, SETTLE_ms)
  const { data = [] } = useQuery({
    queryKey: ['palette', text],
    queryFn: () => quick.ask('search', { text, kinds: ['chargers'], most: MOST }),
    placeholderData: keepPreviousData,
  })
  return (
    <Stack gap="xs">
      <TextInput
        label={t('web.design.catalogue')}
        description={t('web.design.drag')}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <ScrollArea
        h={220}
        type="auto"
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('web.design.catalogue') }}
      >
        <Stack gap={4}>
          {data.map(({ id, name }) => (
            <Button
              key={id}
              variant="default"
              size="xs"
              justify="start"
              draggable
              onDragStart={(event) => event.dataTransfer.setData(PRODUCT_TYPE, id)}
              onClick={() => onProduct(id)}
              aria-label={t('web.design.add', { name })}
            >
              + {name}
            </Button>
          ))}
          {data.length === 0 ? <Text size="sm">{t('web.nothingFound')}</Text> : null}
        </Stack>
      </ScrollArea>
    </Stack>
  )
}
