import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import type { HubNow } from '../../../src/app/api/hub-view.ts'

/** How the stream of events stands. */
export type Link = 'connecting' | 'open' | 'lost'

const LinkContext = createContext<Link>('connecting')

/** Whether what is shown is alive. */
export function useLink(): Link {
  return use(LinkContext)
}

/** Key of the hub's state in the cache of queries: the stream puts it there. */
export const HUB_KEY = ['hub'] as const

/** Listens to the server and keeps what the pages show up to date. The browser connects again by itself. */
export function Live({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient()
  const [link, setLink] = useState<Link>('connecting')
  useEffect(() => {
    const source = new EventSource('api/events')
    source.onopen = () => setLink('open')
    source.onerror = () => setLink('lost')
    source.addEventListener('hub', ({ data }: MessageEvent<string>) => {
      queries.setQueryData<HubNow>(HUB_KEY, JSON.parse(data))
    })
    source.addEventListener('alarm', () => void queries.invalidateQueries({ queryKey: ['alarms'] }))
    source.addEventListener('station', () => void queries.invalidateQueries({ queryKey: ['stations'] }))
    return () => source.close()
  }, [queries])
  return <LinkContext value={link}>{children}</LinkContext>
}
