import './market.css'
import { Alert, Button, Code, Collapse, Group, Loader, Stack, Text, Title } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { useCallback, useState } from 'react'
import { Trouble } from '../parts/trouble.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { useSettings } from '../shell/settings.tsx'
import { Answer } from './answer.tsx'
import { Choices, UNTURNED } from './choices.tsx'
import { commandOf } from './command.ts'
import { Figures } from './figures/all.tsx'
import { Compare } from './figures/compare.tsx'
import { LeverPanel } from './lever-panel.tsx'
import { type Levers, noLevers } from './no-levers.ts'
import type { MarketQuestion, MarketTold } from './study.ts'
import { type Market, useMarket, useScenarios } from './use-market.ts'

const FIRST = 'us-nacs-domino'
const LAST_YEAR = 2039
const DRAWS = 300
const WIDE = '(min-width: 75em)'

function useQuestion() {
  const [scenario, setScenario] = useState(FIRST)
  const [levers, setLevers] = useState<Levers>(noLevers)
  const [last_year, setLastYear] = useState(LAST_YEAR)
  const [draws, setDraws] = useState(DRAWS)
  const choose = useCallback((id: string) => {
    setScenario(id)
    // Makers, groups and plugs are others in another region.
    setLevers(noLevers)
  }, [])
  const veto = useCallback(
    (maker: string) =>
      setLevers((before) => ({
        ...before,
        never: before.never.includes(maker) ? before.never.filter((id) => id !== maker) : [...before.never, maker],
      })),
    [],
  )
  const question: MarketQuestion = { scenario, levers, last_year, draws }
  return { question, choose, veto, setLevers, setLastYear, setDraws }
}

/** The second scenario: always without levers. */
function useOther(question: MarketQuestion, other: string | null): MarketTold | null {
  const scenario = other === null || other === UNTURNED ? question.scenario : other
  const { told } = useMarket({ ...question, scenario, levers: noLevers, draws: 0 })
  return other === null ? null : told
}

function Problems({ market: { problems, error } }: { readonly market: Market }) {
  const { told } = useSettings()
  return (
    <>
      <Trouble error={error} />
      {problems.length > 0 ? (
        <Alert color="red" role="alert">
          {problems
            .map(({ code, params, fix }) => `${told(code, params)} ${fix ? told(fix.code, fix.params) : ''}`)
            .join(' ')}
        </Alert>
      ) : null}
    </>
  )
}

function Status({ isDrawing, question }: { readonly isDrawing: boolean; readonly question: MarketQuestion }) {
  const { t } = useSettings()
  return (
    <Group gap="xs" mih={24} justify="space-between">
      <Code style={{ overflowWrap: 'anywhere' }}>{commandOf(question)}</Code>
      <Group gap="xs" role="status">
        {isDrawing ? (
          <>
            <Loader size="xs" />
            <Text size="sm">{t('web.market.drawing')}</Text>
          </>
        ) : (
          <Text size="sm" c="dimmed">
            {question.draws > 0 ? t('web.market.bands', { draws: question.draws }) : t('web.market.noBands')}
          </Text>
        )}
      </Group>
    </Group>
  )
}

type Question = ReturnType<typeof useQuestion>

/** Levers stay beside the figures where there is room, and are opened by a button where there is none. */
function Turning({
  told,
  question,
  setLevers,
  setLastYear,
  setDraws,
}: { readonly told: MarketTold } & Omit<Question, 'choose' | 'veto'>) {
  const { t } = useSettings()
  const isWide = useMediaQuery(WIDE) ?? true
  const [isOpen, { toggle }] = useDisclosure(false)
  const { levers, last_year, draws } = question
  return (
    <div className="levers">
      {isWide ? null : (
        <Button variant="default" fullWidth onClick={toggle} aria-expanded={isOpen}>
          {t('web.market.levers')}
        </Button>
      )}
      <Collapse expanded={isWide || isOpen}>
        <LeverPanel
          {...{ told, levers, last_year, draws }}
          onLevers={setLevers}
          onLastYear={setLastYear}
          onDraws={setDraws}
        />
      </Collapse>
    </div>
  )
}

/** Which plugs and parts will be wanted: scenarios of the market, with levers that play them anew. */
export default function MarketPage() {
  const { t } = useSettings()
  const { question, choose, veto, setLevers, setLastYear, setDraws } = useQuestion()
  const [other, setOther] = useState<string | null>(null)
  const [isStacked, setStacked] = useState(true)
  // Dashed lines of another scenario have no place in a stack.
  const compare = (id: string | null) => {
    setOther(id)
    if (id !== null) setStacked(false)
  }
  const scenarios = useScenarios()
  const market = useMarket(question)
  const second = useOther(question, other)
  const { told } = market
  const list = scenarios.data ?? []
  const titleOf = (id: string) => list.find((one) => one.id === id)?.title ?? id
  const names = [t('web.market.here'), other === UNTURNED ? t('web.market.unturned') : titleOf(other ?? '')] as const
  return (
    <Stack className="market">
      <Title order={1} size="h2">
        {t('market.report.kicker')}
      </Title>
      <Choices
        scenarios={list}
        scenario={question.scenario}
        onScenario={choose}
        onOther={compare}
        onStacked={setStacked}
        {...{ other, isStacked }}
      />
      <Problems market={market} />
      {told ? (
        <div className="board">
          <Stack gap="xl" className="answer">
            <Answer told={told} />
            <Status isDrawing={market.isDrawing} question={question} />
            {second ? <Compare told={told} other={second} names={names} /> : null}
          </Stack>
          <Turning told={told} question={question} {...{ setLevers, setLastYear, setDraws }} />
          <div className="figures">
            <Figures told={told} other={second} question={question} isStacked={isStacked} onVeto={veto} />
          </div>
        </div>
      ) : market.error || market.problems.length > 0 ? null : (
        <Waiting />
      )}
    </Stack>
  )
}
