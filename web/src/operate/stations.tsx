import { Badge, Button, Group, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { StationView } from '../../../src/live/operate/views.ts'
import { get } from '../api/client.ts'
import { useSend } from '../api/queries.ts'
import { type Column, DataTable } from '../parts/data-table.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useMoment } from '../parts/use-moment.ts'
import { Waiting } from '../parts/waiting.tsx'
import { useSettings } from '../shell/settings.tsx'
import { CommandButton } from './command-button.tsx'

const AGAIN_ms = 5000

/** Whether an unknown station may join. */
function Decide({ stationId }: { readonly stationId: string }) {
  const { t } = useSettings()
  const path = `stations/${encodeURIComponent(stationId)}`
  const accept = useSend<object, unknown>(`${path}/accept`, ['stations'])
  const reject = useSend<object, unknown>(`${path}/reject`, ['stations'])
  return (
    <Group gap="xs" wrap="nowrap">
      <Button size="xs" loading={accept.isPending} onClick={() => accept.mutate({})}>
        {t('web.operate.accept')}
      </Button>
      <Button size="xs" variant="default" loading={reject.isPending} onClick={() => reject.mutate({})}>
        {t('web.operate.reject')}
      </Button>
      <Trouble error={accept.error ?? reject.error} />
    </Group>
  )
}

function useColumns(): readonly Column<StationView>[] {
  const { t } = useSettings()
  const moment = useMoment()
  return [
    { head: t('web.design.station'), text: ({ stationId }) => stationId },
    {
      head: t('web.operate.link'),
      text: ({ online }) => t(online ? 'web.operate.online' : 'web.operate.offline'),
      cell: ({ online }) => (
        <Badge color={online ? 'green' : 'red'} variant="light">
          {t(online ? 'web.operate.online' : 'web.operate.offline')}
        </Badge>
      ),
    },
    { head: 'OCPP', text: ({ version }) => version ?? '–' },
    {
      head: t('web.operate.make'),
      text: ({ vendor, model, firmware }) =>
        [vendor, model, firmware].filter((part) => part !== null).join(' · ') || '–',
    },
    { head: t('web.operate.heard'), text: ({ heard_ms }) => moment(heard_ms) },
    {
      head: t('web.operate.connectors'),
      text: ({ evses }) =>
        evses.flatMap(({ connectors }) => connectors.map(({ status }) => t(`web.connector.${status}`))).join(', '),
    },
  ]
}

/** Stations of the hub, and the lobby of those nobody knows yet. */
export function Stations() {
  const { t } = useSettings()
  const columns = useColumns()
  const { data, error } = useQuery({
    queryKey: ['stations'],
    queryFn: () => get<readonly StationView[]>('stations'),
    refetchInterval: AGAIN_ms,
  })
  if (!data) return error ? <Trouble error={error} /> : <Waiting />
  const lobby = data.filter(({ state }) => state === 'pending')
  const known = data.filter(({ state }) => state !== 'pending')
  const decide: Column<StationView> = {
    head: t('web.operate.decide'),
    text: () => '',
    cell: ({ stationId }) => <Decide stationId={stationId} />,
  }
  const restart: Column<StationView> = {
    head: t('web.evse.reset'),
    text: () => '',
    cell: ({ stationId }) => (
      <CommandButton
        label={t('web.evse.reset')}
        says={t('web.evse.resetSays', { station: stationId })}
        command={{ name: 'reset', stationId, evse: null, when: 'now' }}
      />
    ),
  }
  return (
    <Stack>
      {lobby.length > 0 ? (
        <Title order={2} size="h4">
          {t('web.operate.lobby')}
        </Title>
      ) : null}
      {lobby.length > 0 ? (
        <DataTable
          label={t('web.operate.lobby')}
          rows={lobby}
          columns={[...columns, decide]}
          keyOf={({ stationId }) => stationId}
          empty=""
        />
      ) : null}
      <DataTable
        label={t('web.operate.stations')}
        rows={known}
        columns={[...columns, restart]}
        keyOf={({ stationId }) => stationId}
        empty={t('web.operate.noStations')}
      />
    </Stack>
  )
}
