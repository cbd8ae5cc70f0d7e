import { Alert, Button, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { Waiting } from '../parts/waiting.tsx'
import { useSettings } from '../shell/settings.tsx'
import { ApiError, get, post } from './client.ts'
import { takeLinkToken } from './link-token.ts'
import { Live } from './live.tsx'

function SignIn({ onDone }: { readonly onDone: () => void }) {
  const { t, told } = useSettings()
  const [token, setToken] = useState('')
  const [trouble, setTrouble] = useState<string | null>(null)
  const signIn = async (given: string) => {
    try {
      await post('login', { token: given })
      setTrouble(null)
      onDone()
    } catch (error) {
      setTrouble(error instanceof ApiError ? told(error.code, error.params) : String(error))
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the link is used once
  useEffect(() => {
    const given = takeLinkToken()
    if (given !== null) void signIn(given)
  }, [])
  return (
    <Stack maw={480} mx="auto" mt="xl" component="form" onSubmit={(event) => event.preventDefault()}>
      <Title order={1} size="h2">
        {t('web.signIn.title')}
      </Title>
      <Text>{t('web.signIn.how')}</Text>
      <TextInput
        label={t('web.signIn.token')}
        value={token}
        onChange={({ currentTarget }) => setToken(currentTarget.value)}
      />
      {trouble ? <Alert color="red">{trouble}</Alert> : null}
      <Button type="submit" disabled={token.trim() === ''} onClick={() => void signIn(token.trim())}>
        {t('web.signIn.go')}
      </Button>
    </Stack>
  )
}

/** What a server is needed for: without one, or without a session, it says so instead. */
export function Gate({ children }: { readonly children: ReactNode }) {
  const { t, told } = useSettings()
  const queries = useQueryClient()
  const { isPending, error, refetch } = useQuery({ queryKey: ['me'], queryFn: () => get('me'), retry: false })
  if (isPending) return <Waiting />
  if (error instanceof ApiError && error.status === 401) {
    return <SignIn onDone={() => void queries.invalidateQueries()} />
  }
  if (error) {
    const says = error instanceof ApiError ? told(error.code, error.params) : error.message
    return (
      <Alert color="red" title={t('web.api.trouble')}>
        <Stack align="start">
          <Text>{says}</Text>
          <Button variant="default" onClick={() => void refetch()}>
            {t('web.api.again')}
          </Button>
        </Stack>
      </Alert>
    )
  }
  return <Live>{children}</Live>
}
