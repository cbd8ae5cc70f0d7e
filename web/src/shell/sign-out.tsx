import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { get, post } from '../api/client.ts'
import { ME_KEY } from '../api/keys.ts'
import { useSettings } from './settings.tsx'

/** Ends the session of this browser; nothing where nobody is signed in. */
export function SignOut() {
  const { t } = useSettings()
  const queries = useQueryClient()
  // The gate asks; this only listens to what it was told.
  const { data, error } = useQuery({ queryKey: ME_KEY, queryFn: () => get('me'), enabled: false })
  if (data === undefined || error) return null
  const signOut = async () => {
    await post('logout').catch(() => null)
    queries.clear()
    await queries.resetQueries({ queryKey: ME_KEY })
    location.reload()
  }
  return (
    <Button size="compact-sm" variant="default" onClick={() => void signOut()}>
      {t('web.signOut')}
    </Button>
  )
}
