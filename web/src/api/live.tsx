import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import type { HubNow } from '../../../src/app/api/hub-view.ts'
import { HUB_KEY, ME_KEY } from './keys.ts'

/** How the stream of events stands. */
export type Link = 'connecting' | 'open' | 'lost'

const LinkContext = createContext<Link>('connecting')

/** A browser gives a stream up that was answered with an error; it is opened anew after this. */
const AGAIN_ms = 3000

/** Whether what is shown is alive. */
export function useLink(): Link {
  return use(LinkContext)
}

/** Listens to the server and keeps what the pages show up to date; after a break all of it is read again. */
export function Live({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient()
  const [link, setLink] = useState<Link>('connecting')
  useEffect(() => {
    let source: EventSource
    let timer = 0
    let wasLost = false
    const lost = () => {
      wasLost = true
      setLink('lost')
      void queries.invalidateQueries({ queryKey: ME_KEY })
      if (source.readyState === EventSource.CLOSED) timer = window.setTimeout(listen, AGAIN_ms)
    }
    const opened = () => {
      setLink('open')
      if (wasLost) void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== HUB_KEY[0] })
      wasLost = false
    }
    const reread = (...keys: readonly string[]) => {
      for (const key of keys) void queries.invalidateQueries({ queryKey: [key] })
    }
    const listen = () => {
      source = new EventSource('api/events')
      source.onopen = opened
      source.onerror = lost
      source.addEventListener('hub', ({ data }: MessageEvent<string>) => {
        queries.setQueryData<HubNow>(HUB_KEY, JSON.parse(data))
      })
      source.addEventListener('alarm', () => reread('alarms'))
      source.addEventListener('station', () => reread('stations'))
      source.addEventListener('reservation', () => reread('reservations'))
      source.addEventListener('command', () => reread('commands'))
    }
    listen()
    return () => {
      window.clearTimeout(timer)
      source.close()
    }
  }, [queries])
  return <LinkContext value={link}>{children}</LinkContext>
}
