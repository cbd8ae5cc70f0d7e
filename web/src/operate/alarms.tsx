import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { AlarmRecord } from '../../../src/live/operate/ports.ts'
import { get } from '../api/client.ts'
import { useSend } from '../api/queries.ts'
import { DataTable } from '../parts/data-table.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useMoment } from '../parts/use-moment.ts'
import { Waiting } from '../parts/waiting.tsx'
import { useSettings } from '../shell/settings.tsx'

const AGAIN_ms = 10_000

function Acknowledge({ id }: { readonly id: string }) {
  const { t } = useSettings()
  const send = useSend<object, unknown>(`alarms/${encodeURIComponent(id)}/acknowledge`, ['alarms'])
  return (
    <>
      <Button size="xs" loading={send.isPending} onClick={() => send.mutate({})}>
        {t('web.operate.acknowledge')}
      </Button>
      <Trouble error={send.error} />
    </>
  )
}

/** What is or was wrong, and who has taken notice. */
export function Alarms() {
  const { t, told } = useSettings()
  const moment = useMoment()
  const { data, error } = useQuery({
    queryKey: ['alarms'],
    queryFn: () => get<readonly AlarmRecord[]>('alarms'),
    refetchInterval: AGAIN_ms,
  })
  if (!data) return error ? <Trouble error={error} /> : <Waiting />
  return (
    <DataTable
      label={t('web.operate.alarms')}
      rows={data}
      keyOf={({ id }) => id}
      empty={t('web.operate.noAlarms')}
      columns={[
        { head: t('web.operate.raised'), text: ({ raised_ms }) => moment(raised_ms) },
        { head: t('web.operate.cleared'), text: ({ cleared_ms }) => moment(cleared_ms) },
        {
          head: t('web.design.station'),
          text: ({ stationId, evse }) => (stationId === null ? '–' : `${stationId}${evse ? `/${evse}` : ''}`),
        },
        { head: t('web.operate.what'), text: ({ code, params }) => told(code, params) },
        {
          head: t('web.operate.seenBy'),
          text: ({ acknowledgedBy }) => acknowledgedBy ?? '',
          cell: ({ id, acknowledgedBy }) => acknowledgedBy ?? <Acknowledge id={id} />,
        },
      ]}
    />
  )
}
