import { useQuery } from '@tanstack/react-query'
import { formatNumber } from '../../../src/base/words/index.ts'
import type { TransactionRecord } from '../../../src/live/operate/ports.ts'
import { get } from '../api/client.ts'
import { DataTable } from '../parts/data-table.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useMoment } from '../parts/use-moment.ts'
import { Waiting } from '../parts/waiting.tsx'
import { useSettings } from '../shell/settings.tsx'
import { CommandButton } from './command-button.tsx'

const AGAIN_ms = 5000
const WATTHOURS_PER_KWH = 1000

/** Transactions, youngest first. */
export function Transactions() {
  const { t, told, language } = useSettings()
  const moment = useMoment()
  const { data, error } = useQuery({
    queryKey: ['transactions'],
    queryFn: () => get<readonly TransactionRecord[]>('transactions?limit=200'),
    refetchInterval: AGAIN_ms,
  })
  if (!data) return error ? <Trouble error={error} /> : <Waiting />
  return (
    <DataTable
      label={t('web.operate.transactions')}
      rows={data}
      keyOf={({ id }) => id}
      empty={t('web.operate.noTransactions')}
      columns={[
        { head: t('web.operate.started'), text: ({ started_ms }) => moment(started_ms) },
        { head: t('web.operate.ended'), text: ({ ended_ms }) => moment(ended_ms) },
        { head: 'EVSE', text: ({ stationId, evse }) => `${stationId}/${evse}` },
        { head: t('web.operate.token'), text: ({ idToken }) => idToken ?? '–' },
        {
          head: t('web.operate.energy_kWh'),
          text: ({ energy_Wh }) => formatNumber(energy_Wh / WATTHOURS_PER_KWH, language, 2),
          isNumber: true,
        },
        { head: t('web.operate.reason'), text: ({ stopReason }) => stopReason ?? '–' },
        { head: t('web.operate.doubts'), text: ({ doubts }) => doubts.map((code) => told(code)).join('; ') || '–' },
        {
          head: t('web.evse.stop'),
          text: () => '',
          cell: ({ id, state, stationId, evse }) =>
            state === 'active' ? (
              <CommandButton
                label={t('web.evse.stop')}
                says={t('web.evse.stopSays', { id: `${stationId}/${evse}` })}
                command={{ name: 'stop', transaction: id }}
              />
            ) : null,
        },
      ]}
    />
  )
}
