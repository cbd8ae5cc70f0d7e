import { Button, Group, NumberInput, Select, Stack, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Command } from '../../../src/live/operate/commands.ts'
import type { CommandOutcome, ReservationRecord } from '../../../src/live/operate/ports.ts'
import type { StationView } from '../../../src/live/operate/views.ts'
import { get } from '../api/client.ts'
import { useHub, useSend } from '../api/queries.ts'
import { DataTable } from '../parts/data-table.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useMoment } from '../parts/use-moment.ts'
import { Waiting } from '../parts/waiting.tsx'
import { useSettings } from '../shell/settings.tsx'
import { CommandButton, Outcome } from './command-button.tsx'

const AGAIN_ms = 5000
const MINUTE_ms = 60_000
const USUAL_min = 30
/** Any EVSE of a station. */
const ANY = 0
const LONGEST_TOKEN = 36

interface Wish {
  readonly stationId: string | null
  readonly evse: number
  readonly idToken: string
  readonly minutes: number | ''
}

/** Keeps an EVSE free for somebody, by the clock of the hub. */
function NewReservation() {
  const { t } = useSettings()
  const stations = useQuery({ queryKey: ['stations'], queryFn: () => get<readonly StationView[]>('stations') })
  const hub = useHub()
  const [wish, setWish] = useState<Wish>({ stationId: null, evse: ANY, idToken: '', minutes: USUAL_min })
  const send = useSend<{ readonly command: Command }, { readonly outcome: CommandOutcome }>('commands', [
    'reservations',
    'commands',
  ])
  const station = stations.data?.find(({ stationId }) => stationId === wish.stationId)
  const { stationId, evse, minutes } = wish
  const idToken = wish.idToken.trim()
  const now_ms = hub.data?.at_ms
  const isReady = stationId !== null && idToken !== '' && typeof minutes === 'number' && now_ms !== undefined
  const reserve = () => {
    if (!isReady) return
    const expires_ms = Math.round(now_ms + minutes * MINUTE_ms)
    send.mutate({ command: { name: 'reserve', stationId, evse, idToken, expires_ms } })
  }
  return (
    <Stack gap="xs" component="section">
      <Title order={2} size="h4">
        {t('web.reserve.title')}
      </Title>
      <Group align="end">
        <Select
          label={t('web.design.station')}
          searchable
          data={(stations.data ?? []).map((one) => one.stationId)}
          value={stationId}
          onChange={(next) => setWish({ ...wish, stationId: next, evse: ANY })}
        />
        <Select
          label="EVSE"
          allowDeselect={false}
          data={[
            { value: `${ANY}`, label: t('web.reserve.any') },
            ...(station?.evses ?? []).map((one) => ({ value: `${one.evse}`, label: `${one.evse}` })),
          ]}
          value={`${evse}`}
          onChange={(next) => setWish({ ...wish, evse: Number(next ?? ANY) })}
        />
        <TextInput
          label={t('web.operate.token')}
          maxLength={LONGEST_TOKEN}
          value={wish.idToken}
          onChange={({ currentTarget }) => setWish({ ...wish, idToken: currentTarget.value })}
        />
        <NumberInput
          label={t('web.reserve.minutes')}
          min={1}
          max={1440}
          value={minutes}
          onChange={(next) => setWish({ ...wish, minutes: typeof next === 'number' ? next : '' })}
        />
        <Button disabled={!isReady} loading={send.isPending} onClick={reserve}>
          {t('web.reserve.go')}
        </Button>
      </Group>
      <Trouble error={send.error ?? stations.error} />
      {send.data ? <Outcome outcome={send.data.outcome} /> : null}
    </Stack>
  )
}

/** Who has an EVSE kept free, until when; to be made and taken back. */
export function Reservations() {
  const { t } = useSettings()
  const moment = useMoment()
  const { data, error } = useQuery({
    queryKey: ['reservations'],
    queryFn: () => get<readonly ReservationRecord[]>('reservations'),
    refetchInterval: AGAIN_ms,
  })
  if (!data) return error ? <Trouble error={error} /> : <Waiting />
  return (
    <Stack>
      <NewReservation />
      <DataTable
        label={t('web.operate.reservations')}
        rows={data}
        keyOf={({ id }) => `${id}`}
        empty={t('web.reserve.none')}
        columns={[
          {
            head: 'EVSE',
            text: ({ stationId, evse }) =>
              evse === ANY ? `${stationId} · ${t('web.reserve.any')}` : `${stationId}/${evse}`,
          },
          { head: t('web.operate.token'), text: ({ idToken }) => idToken },
          { head: t('web.reserve.until'), text: ({ expires_ms }) => moment(expires_ms) },
          { head: t('web.evse.mode'), text: ({ state }) => t(`web.reserve.state.${state}`) },
          {
            head: t('web.reserve.cancel'),
            text: () => '',
            cell: ({ id, idToken }) => (
              <CommandButton
                label={t('web.reserve.cancel')}
                says={t('web.reserve.cancelSays', { token: idToken })}
                command={{ name: 'cancelReservation', reservation: id }}
              />
            ),
          },
        ]}
      />
    </Stack>
  )
}
