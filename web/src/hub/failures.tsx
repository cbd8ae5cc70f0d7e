import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FaultNow } from '../../../src/app/api/hub-view.ts'
import { type Code, isCode } from '../../../src/base/words/index.ts'
import { get } from '../api/client.ts'
import { useSend } from '../api/queries.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useSettings } from '../shell/settings.tsx'

const AGAIN_ms = 2000

interface Change {
  readonly mode: string
  readonly isActive: boolean
}

/** Lets parts of a virtual station fail, to see what comes of it. */
export function Failures({ stationId, evse }: { readonly stationId: string; readonly evse: number }) {
  const { t } = useSettings()
  const path = `evses/${encodeURIComponent(stationId)}/${evse}/faults`
  const { data } = useQuery({
    queryKey: ['faults', path],
    queryFn: () => get<readonly FaultNow[]>(path),
    refetchInterval: AGAIN_ms,
  })
  const send = useSend<Change, readonly FaultNow[]>(path, ['faults', 'why'])
  if (!data || data.length === 0) return null
  const name = (mode: string) => {
    const code = `web.fault.${mode}`
    return isCode(code) ? t(code as Code) : mode
  }
  return (
    <Stack gap="xs" component="section">
      <Group gap="xs">
        <Title order={2} size="h4">
          {t('web.fault.title')}
        </Title>
        <Badge variant="light" color="gray">
          {t('web.fault.virtual')}
        </Badge>
      </Group>
      <Text size="sm">{t('web.fault.says')}</Text>
      <Group gap="xs">
        {data.map(({ mode, isActive, isSeen }) => (
          <Button
            key={mode}
            size="xs"
            variant={isActive ? 'filled' : 'default'}
            color="red"
            aria-pressed={isActive}
            loading={send.isPending && send.variables.mode === mode}
            onClick={() => send.mutate({ mode, isActive: !isActive })}
          >
            {name(mode)}
            {isActive ? ` · ${t(isSeen ? 'web.fault.seen' : 'web.fault.unseen')}` : ''}
          </Button>
        ))}
      </Group>
      <Trouble error={send.error} />
    </Stack>
  )
}
