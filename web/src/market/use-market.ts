import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Problem } from '../../../src/base/problems/index.ts'
import { quick, runner } from '../worker/client.ts'
import type { MarketQuestion, MarketTold } from './study.ts'

/** Bands are drawn when levers have rested this long. */
const REST_ms = 350
const forever = Number.POSITIVE_INFINITY

const keyOf = ({ draws: _, ...rest }: MarketQuestion): string => JSON.stringify(rest)

/** Every scenario one can choose. */
export function useScenarios() {
  return useQuery({ queryKey: ['scenarios'], queryFn: () => quick.ask('scenarios', undefined), staleTime: forever })
}

export interface Market {
  /** The last case that could be played; null: none yet. */
  readonly told: MarketTold | null
  /** What is wrong with the levers as they stand. */
  readonly problems: readonly Problem[]
  readonly error: Error | null
  /** Bands of these levers are on their way. */
  readonly isDrawing: boolean
}

/** A scenario played anew at every turn of a lever; bands follow when the levers rest. */
export function useMarket(question: MarketQuestion): Market {
  const key = keyOf(question)
  const plain = useQuery({
    queryKey: ['market', key],
    queryFn: () => quick.ask('market', { ...question, draws: 0 }),
    placeholderData: keepPreviousData,
    staleTime: forever,
    gcTime: 60_000,
  })
  const [rested] = useDebouncedValue(question, REST_ms)
  const banded = useQuery({
    queryKey: ['market bands', keyOf(rested), rested.draws],
    queryFn: () => runner.ask('market', rested),
    enabled: rested.draws > 0,
    staleTime: forever,
    gcTime: 60_000,
  })
  const isCurrent = keyOf(rested) === key && rested.draws === question.draws && question.draws > 0
  const withBands = isCurrent && banded.data?.ok ? banded.data.told : null
  const answer = plain.data
  const last = useRef<MarketTold | null>(null)
  if (answer?.ok) last.current = withBands ?? answer.told
  return {
    told: last.current,
    problems: answer?.ok === false ? answer.problems : [],
    error: plain.error ?? banded.error,
    isDrawing: question.draws > 0 && withBands === null,
  }
}
