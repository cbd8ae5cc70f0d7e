import { Stack, Tabs, Title } from '@mantine/core'
import { Gate } from '../api/gate.tsx'
import { useSettings } from '../shell/settings.tsx'
import { Alarms } from './alarms.tsx'
import { CommandLog } from './command-log.tsx'
import { Reservations } from './reservations.tsx'
import { Stations } from './stations.tsx'
import { Transactions } from './transactions.tsx'

function Operate() {
  const { t } = useSettings()
  return (
    <Stack>
      <Title order={1} size="h2">
        {t('web.operate.title')}
      </Title>
      <Tabs defaultValue="stations" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="stations">{t('web.operate.stations')}</Tabs.Tab>
          <Tabs.Tab value="transactions">{t('web.operate.transactions')}</Tabs.Tab>
          <Tabs.Tab value="reservations">{t('web.operate.reservations')}</Tabs.Tab>
          <Tabs.Tab value="alarms">{t('web.operate.alarms')}</Tabs.Tab>
          <Tabs.Tab value="log">{t('web.operate.log')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="stations" pt="md">
          <Stations />
        </Tabs.Panel>
        <Tabs.Panel value="transactions" pt="md">
          <Transactions />
        </Tabs.Panel>
        <Tabs.Panel value="reservations" pt="md">
          <Reservations />
        </Tabs.Panel>
        <Tabs.Panel value="alarms" pt="md">
          <Alarms />
        </Tabs.Panel>
        <Tabs.Panel value="log" pt="md">
          <CommandLog />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}

/** The operator's desk: stations, transactions, alarms, what was commanded. */
export default function OperatePage() {
  return (
    <Gate>
      <Operate />
    </Gate>
  )
}
