import { Alert, Grid, NumberInput, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Market } from '../../../src/hub/standards/index.ts'
import { RecordPicker } from '../parts/record-picker.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { useSettings } from '../shell/settings.tsx'
import { quick } from '../worker/client.ts'
import type { MatchQuestion } from '../worker/requests.ts'
import { Answer } from './answer.tsx'
import { HeatMap } from './heat-map.tsx'

const markets: readonly Market[] = ['NA', 'EU', 'CN', 'JP']
const EXAMPLE = { vehicle: 'hyundai-ioniq5-2025', post: 'tesla_sc_v3_na' }

type Conditions = Pick<MatchQuestion, 'market' | 'ambient_degC' | 'soc_frac' | 'adapters'>

function ConditionFields({
  value,
  onChange,
}: {
  readonly value: Conditions
  readonly onChange: (next: Conditions) => void
}) {
  const { t } = useSettings()
  const without = (key: keyof Conditions) => Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
  const set = (key: keyof Conditions, next: unknown) =>
    onChange(next === null || next === '' ? without(key) : { ...without(key), [key]: next })
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }}>
      <Select
        label={t('web.match.market')}
        placeholder={t('web.match.asPost')}
        clearable
        data={[...markets]}
        value={value.market ?? null}
        onChange={(next) => set('market', next)}
      />
      <NumberInput
        label={t('web.match.ambient_degC')}
        min={-60}
        max={70}
        value={value.ambient_degC ?? ''}
        onChange={(next) => set('ambient_degC', next)}
      />
      <NumberInput
        label={t('web.match.soc')}
        min={0}
        max={100}
        suffix=" %"
        value={value.soc_frac == null ? '' : value.soc_frac * 100}
        onChange={(next) => set('soc_frac', typeof next === 'number' ? next / 100 : null)}
      />
    </SimpleGrid>
  )
}

/** Can this car charge at that post, through what, how fast, and what holds it back? */
export default function MatchPage() {
  const { t } = useSettings()
  const [vehicle, setVehicle] = useState<string | null>(EXAMPLE.vehicle)
  const [post, setPost] = useState<string | null>(EXAMPLE.post)
  const [adapter, setAdapter] = useState<string | null>(null)
  const [conditions, setConditions] = useState<Conditions>({})
  const question: MatchQuestion | null =
    vehicle && post ? { vehicle, post, ...conditions, adapters: adapter ? [adapter] : [] } : null
  const { data, isPending, error } = useQuery({
    queryKey: ['match', question],
    queryFn: () => (question ? quick.ask('match', question) : null),
    enabled: question !== null,
  })
  return (
    <Stack maw={1200}>
      <Title order={1} size="h2">
        {t('web.match.title')}
      </Title>
      <Grid>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack>
            <RecordPicker label={t('web.match.vehicle')} kinds={['vehicles']} value={vehicle} onChange={setVehicle} />
            <RecordPicker
              label={t('web.match.post')}
              kinds={['chargers', 'swapStations']}
              value={post}
              onChange={setPost}
            />
            <RecordPicker label={t('web.match.carried')} kinds={['adapters']} value={adapter} onChange={setAdapter} />
            <ConditionFields value={conditions} onChange={setConditions} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          {question === null ? <Text>{t('web.match.choose')}</Text> : null}
          {question !== null && isPending ? <Waiting /> : null}
          {error ? <Alert color="red">{t('web.failed', { says: error.message })}</Alert> : null}
          {data ? <Answer {...data} /> : null}
          {data === null && question ? <Alert color="yellow">{t('web.match.notFound')}</Alert> : null}
        </Grid.Col>
      </Grid>
      <HeatMap />
    </Stack>
  )
}
