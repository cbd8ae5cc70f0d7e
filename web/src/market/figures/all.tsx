import { SimpleGrid, Stack, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Code } from '../../../../src/base/words/index.ts'
import { useSettings } from '../../shell/settings.tsx'
import type { MarketQuestion, MarketTold } from '../study.ts'
import { Assumptions } from './assumptions.tsx'
import { Attach } from './attach.tsx'
import { Domino } from './domino.tsx'
import { Events } from './events.tsx'
import { UseMatrix } from './matrix.tsx'
import { Parts } from './parts.tsx'
import { Phase } from './phase.tsx'
import { Planners } from './planners.tsx'
import { Ports } from './ports.tsx'
import { Shares } from './shares.tsx'
import { Tipping } from './tipping.tsx'

interface Props {
  readonly told: MarketTold
  readonly other: MarketTold | null
  readonly question: MarketQuestion
  readonly isStacked: boolean
  readonly onVeto: (maker: string) => void
}

function Section({ id, title, children }: { readonly id: string; readonly title: Code; readonly children: ReactNode }) {
  const { t } = useSettings()
  return (
    <Stack component="section" gap="md" aria-labelledby={`market-${id}`}>
      <Title order={2} size="h3" id={`market-${id}`}>
        {t(title)}
      </Title>
      {children}
    </Stack>
  )
}

/** Every figure of a scenario. */
export function Figures({ told, other, question, isStacked, onVeto }: Props) {
  const sameRegion = other?.region.id === told.region.id ? other : null
  const shares = { told, other: sameRegion, isStacked }
  return (
    <Stack gap="xl">
      <Section id="shares" title="web.market.sharesTitle">
        <SimpleGrid cols={{ base: 1, xl: 2 }} spacing="xl" verticalSpacing="lg">
          <Shares {...shares} of="fleet" title="market.report.cars" />
          <Shares {...shares} of="sales" title="web.market.sales" />
          <Shares {...shares} of="cables" title="market.report.cables" />
          <Ports told={told} />
        </SimpleGrid>
        <Events told={told} />
      </Section>
      <Section id="who" title="web.market.whoMoves">
        <Domino told={told} never={question.levers.never} onVeto={onVeto} />
        <SimpleGrid cols={{ base: 1, xl: told.region.switch ? 2 : 1 }} spacing="xl">
          <Tipping told={told} />
          <Phase told={told} question={question} />
        </SimpleGrid>
      </Section>
      <Section id="pays" title="web.market.forHubs">
        <Attach told={told} />
        <Planners told={told} />
        <UseMatrix told={told} />
      </Section>
      <Section id="parts" title="market.parts">
        <Parts told={told} />
      </Section>
      <Section id="assumptions" title="market.report.assumptions">
        <Assumptions told={told} />
      </Section>
    </Stack>
  )
}
