import { Alert, Button, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { Waiting } from '../parts/waiting.tsx'
import { useSettings } from '../shell/settings.tsx'
import { ApiError, get, isSignedOut, post } from './client.ts'
import { ME_KEY } from './keys.ts'
import { LinkNote } from './link-note.tsx'
import { takeLinkToken } from './link-token.ts'
import { Live } from './live.tsx'

/** A server that does not answer is asked again after this. */
const AGAIN_ms = 5000

interface SignInProps {
  readonly onDone: () => void
  /** Somebody was signed in here before. */
  readonly wasIn: boolean
}

function SignIn({ onDone, wasIn }: SignInProps) {
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
      {wasIn ? <Alert color="yellow">{t('web.signIn.expired')}</Alert> : null}
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

interface Me {
  readonly name: string
}

/** What a server is needed for: without one, or without a session, it says so instead. */
export function Gate({ children }: { readonly children: ReactNode }) {
  const { t, told } = useSettings()
  const queries = useQueryClient()
  const { data, isPending, error, refetch } = useQuery({
    queryKey: ME_KEY,
    queryFn: () => get<Me>('me'),
    retry: false,
    refetchInterval: ({ state }) => (state.error !== null && !isSignedOut(state.error) ? AGAIN_ms : false),
  })
  if (isPending) return <Waiting />
  if (isSignedOut(error)) {
    return <SignIn wasIn={data !== undefined} onDone={() => void queries.resetQueries()} />
  }
  // Once inside, a server that is gone is told above what was last heard.
  if (error && data === undefined) {
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
  return (
    <Live>
      <LinkNote />
      {children}
    </Live>
  )
}
