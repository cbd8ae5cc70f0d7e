import { Alert, Group, Stack, Text, Title } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import type { HubNow, SiteNow } from '../../../src/app/api/hub-view.ts'
import { type Coded, formatNumber } from '../../../src/base/words/index.ts'
import { Gate } from '../api/gate.tsx'
import { useHub, useSite } from '../api/queries.ts'
import { Figure } from '../parts/figure.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { useSettings } from '../shell/settings.tsx'
import { quick } from '../worker/client.ts'
import { HubViews } from './hub-views.tsx'
import { SiteLimit } from './site-limit.tsx'
import { stateOf } from './state.ts'

// Charts are loaded when somebody asks for details.
const EvseDrawer = lazy(async () => ({ default: (await import('./evse-drawer.tsx')).EvseDrawer }))
const NodeDrawer = lazy(async () => ({ default: (await import('./node-drawer.tsx')).NodeDrawer }))

function Figures({ site, hub }: { readonly site: SiteNow; readonly hub: HubNow }) {
  const { t, language } = useSettings()
  const count = (mode: string) => hub.evses.filter((evse) => evse.mode === mode).length
  const trouble = count('faulted') + count('offline')
  return (
    <Group gap="xl" role="group" aria-label={t('web.hub.figures')}>
      <Figure
        name={t('web.hub.power')}
        value={`${formatNumber(hub.power_kW['grid'] ?? 0, language, 0)} / ${formatNumber(site.limit_kW, language, 0)} kW`}
      />
      <Figure name={t('web.hub.charging')} value={`${count('charging')} / ${hub.evses.length}`} />
      {hub.waiting === null ? null : <Figure name={t('web.hub.waiting')} value={`${hub.waiting}`} />}
      <Figure name={t('web.hub.trouble')} value={`${trouble}`} />
    </Group>
  )
}

function Hub() {
  const { t, told } = useSettings()
  const site = useSite()
  const hub = useHub()
  const [chosen, setChosen] = useState<string | null>(null)
  const text = site.data?.text
  const plan = useQuery({
    queryKey: ['plan', text],
    queryFn: () => (text === undefined ? null : quick.ask('plan', { text })),
    enabled: text !== undefined,
    placeholderData: keepPreviousData,
  })
  const sentence = useCallback(({ code, params }: Coded) => told(code, params), [told])
  const state = useMemo(() => (hub.data ? stateOf(hub.data, sentence) : null), [hub.data, sentence])
  const evse = hub.data?.evses.find(({ id }) => `evse ${id}` === chosen) ?? null
  if (site.isPending || hub.isPending) return <Waiting />
  if (!site.data || !hub.data) return <Trouble error={site.error ?? hub.error} />
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h2" dir="auto">
          {site.data.name}
        </Title>
        <SiteLimit site={site.data} />
      </Group>
      {site.data.isVirtual ? <Text size="sm">{t('web.hub.virtual', { speed: site.data.speed })}</Text> : null}
      {site.data.isChanged ? <Alert color="yellow">{t('web.hub.fileChanged')}</Alert> : null}
      <Figures site={site.data} hub={hub.data} />
      {hub.data.evses.length === 0 ? <Text>{t('web.hub.empty')}</Text> : null}
      {plan.isPending ? <Waiting /> : null}
      {plan.data ? <HubViews plan={plan.data} state={state} evses={hub.data.evses} onChoose={setChosen} /> : null}
      {plan.data === null || plan.error ? <Text>{t('web.hub.noDrawing')}</Text> : null}
      {chosen === null ? null : (
        <Suspense fallback={null}>
          <EvseDrawer evse={evse} isVirtual={site.data.isVirtual} onClose={() => setChosen(null)} />
          <NodeDrawer
            nodeKey={evse ? null : chosen}
            plan={plan.data ?? null}
            state={state}
            onClose={() => setChosen(null)}
          />
        </Suspense>
      )}
    </Stack>
  )
}

/** The hub, live: in five seconds one sees whether it is well. */
export default function HubPage() {
  return (
    <Gate>
      <Hub />
    </Gate>
  )
}
