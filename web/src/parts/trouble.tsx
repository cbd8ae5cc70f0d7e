import { Alert } from '@mantine/core'
import { ApiError } from '../api/client.ts'
import { useSettings } from '../shell/settings.tsx'

/** What went wrong, in words; nothing where nothing did. */
export function Trouble({ error }: { readonly error: unknown }) {
  const { t, told } = useSettings()
  if (error === null || error === undefined) return null
  const says =
    error instanceof ApiError
      ? told(error.code, error.params)
      : t('web.failed', { says: error instanceof Error ? error.message : String(error) })
  return (
    <Alert color="red" role="alert">
      {says}
    </Alert>
  )
}
