import '@mantine/core/styles.css'
import './main.css'
import './api/link-token.ts'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { isSignedOut } from './api/client.ts'
import { ME_KEY } from './api/keys.ts'
import { App } from './shell/app.tsx'
import { SettingsProvider } from './shell/settings.tsx'

/** Whoever is told that nobody is signed in lets the gate ask who it is. */
function askWho(error: unknown): void {
  if (isSignedOut(error)) void queries.invalidateQueries({ queryKey: ME_KEY })
}

const queries = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => (queryKey[0] === ME_KEY[0] ? undefined : askWho(error)),
  }),
  mutationCache: new MutationCache({ onError: askWho }),
  defaultOptions: {
    // A browser that thinks it is offline may well reach a server in the same house.
    queries: { retry: 1, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
})
const place = document.getElementById('root')
if (place) {
  createRoot(place).render(
    <StrictMode>
      <SettingsProvider>
        <QueryClientProvider client={queries}>
          <App />
        </QueryClientProvider>
      </SettingsProvider>
    </StrictMode>,
  )
}
