import { Group, Loader, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useSettings } from '../shell/settings.tsx'

const LONG_ms = 4000

/** Something is under way; says what, and after a while that it takes long. */
export function Waiting({ what }: { readonly what?: string }) {
  const { t } = useSettings()
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = window.setTimeout(() => setLong(true), LONG_ms)
    return () => window.clearTimeout(timer)
  }, [])
  return (
    <Group role="status" gap="sm" p="md">
      <Loader size="sm" />
      <Text size="sm">
        {what ?? t('web.loading')} {isLong ? t('web.loading.long') : ''}
      </Text>
    </Group>
  )
}
