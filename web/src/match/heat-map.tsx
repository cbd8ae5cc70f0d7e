import { Button, Group, SegmentedControl, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SiteNow } from '../../../src/app/api/hub-view.ts'
import { formatNumber } from '../../../src/base/words/index.ts'
import type { MatchResult } from '../../../src/hub/standards/index.ts'
import { get } from '../api/client.ts'
import { draft } from '../design/draft.ts'
import { RecordsPicker } from '../parts/record-picker.tsx'
import { csvText, saveText } from '../parts/save.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useSettings } from '../shell/settings.tsx'
import { quick } from '../worker/client.ts'
import type { Matrix } from '../worker/requests.ts'

const VEHICLES = ['vehicles'] as const
const POSTS = ['chargers', 'swapStations'] as const

/** A fleet and posts to start from. */
const EXAMPLE = {
  vehicles: [
    'tesla-model-y-lr-2020',
    'hyundai-ioniq5-2021',
    'hyundai-ioniq5-2025',
    'nissan-leaf-62-2019',
    'xpeng-g9-2022',
  ],
  posts: ['tesla_sc_v2_na', 'tesla_sc_v3_na', 'tesla_sc_v4cab', 'ea_350', 'huawei_dt600'],
}

function colourOf(result: MatchResult, most_kW: number): string {
  if (!result.fits) return 'color-mix(in srgb, var(--bad) 28%, transparent)'
  const part = Math.round(20 + (50 * (result.power_kW ?? 0)) / most_kW)
  return `color-mix(in srgb, var(--good) ${part}%, transparent)`
}

const sources = ['chosen', 'design', 'hub'] as const
type Source = (typeof sources)[number]

function Heat(data: Matrix) {
  const { t, told, language } = useSettings()
  const results = data.rows.flat().filter((result) => result !== null)
  const most_kW = Math.max(1, ...results.map(({ power_kW }) => power_kW ?? 0))
  const text = (result: MatchResult) =>
    result.fits
      ? formatNumber(result.power_kW ?? 0, language, 0)
      : told(result.obstacles[0]?.code ?? '', result.obstacles[0]?.params)
  const csv = () =>
    csvText([
      [t('web.match.vehicle'), ...data.places.map(({ name }) => name)],
      ...data.rows.map((row, at) => [
        data.cars[at]?.name ?? '',
        ...row.map((result) => (result?.fits ? result.power_kW : (result?.obstacles[0]?.code ?? null))),
      ]),
    ])
  return (
    <Stack gap="xs">
      <Table.ScrollContainer minWidth={400}>
        <Table withTableBorder withColumnBorders>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('web.limit.power_kW')}</Table.Th>
              {data.places.map(({ id, name }) => (
                <Table.Th key={id}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.cars.map(({ id, name }, at) => (
              <Table.Tr key={id}>
                <Table.Th scope="row">{name}</Table.Th>
                {data.rows[at]?.map((result, place) => (
                  <Table.Td
                    key={data.places[place]?.id}
                    style={result ? { background: colourOf(result, most_kW) } : {}}
                  >
                    <Text size="sm">{result ? text(result) : t('web.unknown')}</Text>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Button w="fit-content" variant="default" size="xs" onClick={() => saveText('match.csv', csv())}>
        CSV
      </Button>
    </Stack>
  )
}

/** Every vehicle of a fleet at every post, coloured by power. */
export function HeatMap() {
  const { t } = useSettings()
  const [vehicles, setVehicles] = useState(EXAMPLE.vehicles)
  const [posts, setPosts] = useState(EXAMPLE.posts)
  const [source, setSource] = useState<Source>('chosen')
  const site = useQuery({
    queryKey: ['site'],
    queryFn: () => get<SiteNow>('site'),
    enabled: source === 'hub',
    retry: false,
  })
  const text = source === 'hub' ? site.data?.text : source === 'design' ? draft() : ''
  const { data = null, error } = useQuery({
    queryKey: ['matrix', source, text, vehicles, posts],
    queryFn: () =>
      source === 'chosen' ? quick.ask('matrix', { vehicles, posts }) : quick.ask('hubMatrix', { text: text ?? '' }),
    enabled: text !== undefined,
  })
  return (
    <Stack component="section" mt="lg">
      <Group justify="space-between">
        <Title order={2} size="h3">
          {t('web.match.fleet')}
        </Title>
        <SegmentedControl
          aria-label={t('web.match.source')}
          value={source}
          onChange={(value) => setSource(value as Source)}
          data={sources.map((value) => ({ value, label: t(`web.match.source.${value}`) }))}
        />
      </Group>
      {source === 'chosen' ? (
        <>
          <RecordsPicker label={t('web.match.vehicles')} kinds={VEHICLES} value={vehicles} onChange={setVehicles} />
          <RecordsPicker label={t('web.match.posts')} kinds={POSTS} value={posts} onChange={setPosts} />
        </>
      ) : null}
      {source === 'hub' && site.error ? <Trouble error={site.error} /> : null}
      {error ? <Trouble error={error} /> : null}
      {text !== undefined && data === null && !error ? <Text>{t('web.match.noHub')}</Text> : null}
      {data ? <Heat {...data} /> : null}
    </Stack>
  )
}
