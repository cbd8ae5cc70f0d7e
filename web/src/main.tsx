import '@mantine/core/styles.css'
import './main.css'
import './api/link-token.ts'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './shell/app.tsx'
import { SettingsProvider } from './shell/settings.tsx'

const queries = new QueryClient({ defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false } } })
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
