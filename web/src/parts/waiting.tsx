import { Group, Loader, Text } from '@mantine/core'
import { useSettings } from '../shell/settings.tsx'

/** Something is under way; says what. */
export function Waiting({ what }: { readonly what?: string }) {
  const { t } = useSettings()
  return (
    <Group role="status" gap="sm" p="md">
      <Loader size="sm" />
      <Text size="sm">{what ?? t('web.loading')}</Text>
    </Group>
  )
}
