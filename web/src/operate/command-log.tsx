import { useQuery } from '@tanstack/react-query'
import type { CommandRecord } from '../../../src/live/operate/ports.ts'
import { get } from '../api/client.ts'
import { DataTable } from '../parts/data-table.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useMoment } from '../parts/use-moment.ts'
import { Waiting } from '../parts/waiting.tsx'
import { useSettings } from '../shell/settings.tsx'

/** A command with when it was asked. */
interface Logged extends CommandRecord {
  readonly at_ms: number
}

/** Who asked what, and what came of it. */
export function CommandLog() {
  const { t, told } = useSettings()
  const moment = useMoment()
  const { data, error } = useQuery({ queryKey: ['commands'], queryFn: () => get<readonly Logged[]>('commands') })
  if (!data) return error ? <Trouble error={error} /> : <Waiting />
  return (
    <DataTable
      label={t('web.operate.log')}
      rows={data}
      keyOf={({ id }) => id}
      empty={t('web.operate.noCommands')}
      columns={[
        { head: t('web.operate.when'), text: ({ at_ms }) => moment(at_ms) },
        { head: t('web.operate.by'), text: ({ by }) => by },
        { head: t('web.operate.what'), text: ({ name }) => told(`web.command.${name}`) },
        { head: t('web.design.station'), text: ({ stationId }) => stationId ?? '–' },
        {
          head: t('web.operate.outcome'),
          text: ({ outcome }) =>
            `${t(`web.outcome.${outcome.kind}`)} ${outcome.kind === 'rejected' ? told(outcome.reason, outcome.params) : ''}`,
        },
      ]}
    />
  )
}
