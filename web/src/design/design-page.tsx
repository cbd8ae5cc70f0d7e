import { Alert, Button, Grid, Group, List, Select, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import type { Problem } from '../../../src/base/problems/index.ts'
import { Drawing } from '../hub/drawing.tsx'
import { saveText } from '../parts/save.ts'
import { Waiting } from '../parts/waiting.tsx'
import { useSettings } from '../shell/settings.tsx'
import { quick } from '../worker/client.ts'
import { draft, keepDraft, onOtherDraft } from './draft.ts'
import { examples } from './examples.ts'
import { Palette } from './palette.tsx'
import { ProductTarget } from './product-target.tsx'
import { SiteForm } from './site-form.tsx'
import { withStation } from './site-text.ts'
import { Week } from './week.tsx'

const Editor = lazy(() => import('./editor.tsx'))
const SETTLE_ms = 200
const MOST_TOLD = 20
const nothing: readonly Problem[] = []

function timezoneOf(text: string): string {
  const zone = /^timezone:\s*([\w/+-]+)/m.exec(text)?.[1] ?? 'UTC'
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    return 'UTC'
  }
}

function Problems({
  problems,
  sentence,
}: {
  readonly problems: readonly Problem[]
  readonly sentence: (p: Problem) => string
}) {
  const { t } = useSettings()
  if (problems.length === 0) return <Text c="var(--good)">{t('web.design.sound')}</Text>
  const isError = problems.some(({ severity }) => severity === 'error')
  return (
    <Alert color={isError ? 'red' : 'yellow'} title={t(isError ? 'web.design.errors' : 'web.design.warnings')}>
      <List size="sm">
        {problems.slice(0, MOST_TOLD).map((problem) => (
          <List.Item key={`${problem.at?.line} ${problem.at?.column} ${problem.code} ${problem.path}`}>
            {sentence(problem)}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

/** One site as a form and as text; a week of it runs beside. */
export default function DesignPage() {
  const { t, told } = useSettings()
  const [text, setText] = useState(draft)
  const [others, setOthers] = useState<string | null>(null)
  useEffect(() => onOtherDraft(setOthers), [])
  const change = useCallback((next: string) => {
    keepDraft(next)
    setOthers(null)
    setText(next)
  }, [])
  const [settled] = useDebouncedValue(text, SETTLE_ms)
  const { data } = useQuery({
    queryKey: ['check', settled],
    queryFn: () => quick.ask('check', { text: settled }),
    placeholderData: keepPreviousData,
  })
  const { data: plan } = useQuery({
    queryKey: ['plan', settled],
    queryFn: () => quick.ask('plan', { text: settled }),
    placeholderData: keepPreviousData,
  })
  const sentence = useCallback(
    ({ code, params, at, fix }: Problem) =>
      `${at ? `${at.line}:${at.column} ` : ''}${told(code, params)}${fix ? ` ${told(fix.code, fix.params)}` : ''}`,
    [told],
  )
  const addProduct = useCallback((id: string) => change(withStation(text, id)), [change, text])
  const problems = data?.problems ?? nothing
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h2">
          {t('web.design.title')}
        </Title>
        <Group gap="xs">
          <Select
            aria-label={t('web.design.example')}
            placeholder={t('web.design.example')}
            data={examples.map(({ name }) => name)}
            value={null}
            onChange={(name) => change(examples.find((example) => example.name === name)?.text ?? text)}
          />
          <Button variant="default" onClick={() => saveText('site.yaml', text, 'text/yaml')}>
            {t('web.design.save')}
          </Button>
        </Group>
      </Group>
      {others === null || others === text ? null : (
        <Alert color="yellow" title={t('web.design.otherWindow')}>
          <Group>
            <Button variant="default" onClick={() => change(others)}>
              {t('web.design.takeOther')}
            </Button>
            <Button variant="default" onClick={() => change(text)}>
              {t('web.design.keepMine')}
            </Button>
          </Group>
        </Alert>
      )}
      <Grid>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack>
            <SiteForm text={text} onChange={change} />
            <Palette onProduct={addProduct} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="xs">
            <Suspense fallback={<Waiting />}>
              <Editor
                label={t('web.design.text')}
                text={text}
                onChange={change}
                problems={problems}
                sentence={sentence}
                onProduct={addProduct}
              />
            </Suspense>
            {data ? <Problems problems={problems} sentence={sentence} /> : <Waiting />}
          </Stack>
        </Grid.Col>
      </Grid>
      {plan ? (
        <ProductTarget onProduct={addProduct}>
          <Drawing plan={plan} state={null} />
        </ProductTarget>
      ) : null}
      <Week text={text} canRun={data?.canRun === true} timezone={timezoneOf(text)} />
    </Stack>
  )
}
