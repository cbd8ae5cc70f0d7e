import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { HubNow, SiteNow } from '../../../src/app/api/hub-view.ts'
import { get, post } from './client.ts'
import { HUB_KEY } from './keys.ts'

/** The site that is run. */
export function useSite() {
  return useQuery({ queryKey: ['site'], queryFn: () => get<SiteNow>('site'), refetchInterval: 30_000 })
}

/** The hub now: read once, then kept up to date by the stream. */
export function useHub() {
  return useQuery({ queryKey: HUB_KEY, queryFn: () => get<HubNow>('hub'), staleTime: Number.POSITIVE_INFINITY })
}

/** Sends something and lets the lists that may have changed be read again. */
export function useSend<Input, Answer>(path: string, changes: readonly string[]) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => post<Answer>(path, input),
    onSettled: () => Promise.all(changes.map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  })
}
