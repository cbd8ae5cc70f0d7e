import { Button, Group, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatNumber } from '../../../src/base/words/index.ts'
import type { MatchResult } from '../../../src/hub/standards/index.ts'
import { RecordsPicker } from '../parts/record-picker.tsx'
import { saveText } from '../parts/save.ts'
import { useSettings } from '../shell/settings.tsx'
import { quick } from '../worker/client.ts'

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

/** Every vehicle of a fleet at every post, coloured by power. */
export function HeatMap() {
  const { t, told, language } = useSettings()
  const [vehicles, setVehicles] = useState(EXAMPLE.vehicles)
  const [posts, setPosts] = useState(EXAMPLE.posts)
  const { data } = useQuery({
    queryKey: ['matrix', vehicles, posts],
    queryFn: () => quick.ask('matrix', { vehicles, posts }),
  })
  if (!data) return null
  const results = data.rows.flat().filter((result) => result !== null)
  const most_kW = Math.max(1, ...results.map(({ power_kW }) => power_kW ?? 0))
  const text = (result: MatchResult) =>
    result.fits
      ? formatNumber(result.power_kW ?? 0, language, 0)
      : told(result.obstacles[0]?.code ?? '', result.obstacles[0]?.params)
  const csv = () =>
    [
      ['vehicle', ...data.places.map(({ id }) => id)],
      ...data.rows.map((row, at) => [
        data.cars[at]?.id ?? '',
        ...row.map((r) => (r?.fits ? String(r.power_kW) : (r?.obstacles[0]?.code ?? ''))),
      ]),
    ]
      .map((row) => row.join(','))
      .join('\n')
  return (
    <Stack component="section" mt="lg">
      <Group justify="space-between">
        <Title order={2} size="h3">
          {t('web.match.fleet')}
        </Title>
        <Button variant="default" size="xs" onClick={() => saveText('match.csv', csv())}>
          CSV
        </Button>
      </Group>
      <RecordsPicker label={t('web.match.vehicles')} kinds={VEHICLES} value={vehicles} onChange={setVehicles} />
      <RecordsPicker label={t('web.match.posts')} kinds={POSTS} value={posts} onChange={setPosts} />
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
    </Stack>
  )
}
