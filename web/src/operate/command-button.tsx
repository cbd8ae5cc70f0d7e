import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Command } from '../../../src/live/operate/commands.ts'
import type { CommandOutcome } from '../../../src/live/operate/ports.ts'
import { useSend } from '../api/queries.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useSettings } from '../shell/settings.tsx'

interface Props {
  readonly label: string
  /** What it will do, told before it is done. */
  readonly says: string
  readonly command: Command
}

/** What came of a command. */
export function Outcome({ outcome }: { readonly outcome: CommandOutcome }) {
  const { t, told } = useSettings()
  const good = outcome.kind === 'accepted'
  const more = outcome.kind === 'rejected' ? told(outcome.reason, outcome.params) : ''
  return (
    <Alert color={good ? 'green' : 'red'} role="status">
      {t(`web.outcome.${outcome.kind}`)} {more}
    </Alert>
  )
}

/** A command that says what it will do, and then what came of it. */
export function CommandButton({ label, says, command }: Props) {
  const { t } = useSettings()
  const [open, { open: show, close }] = useDisclosure()
  const send = useSend<{ readonly command: Command }, { readonly outcome: CommandOutcome }>('commands', [
    'commands',
    'stations',
    'transactions',
    'reservations',
  ])
  const begin = () => {
    send.reset()
    show()
  }
  return (
    <>
      <Button variant="default" onClick={begin}>
        {label}
      </Button>
      <Modal opened={open} onClose={close} title={label} closeButtonProps={{ 'aria-label': t('web.close') }}>
        <Stack>
          <Text>{says}</Text>
          <Trouble error={send.error} />
          {send.data ? <Outcome outcome={send.data.outcome} /> : null}
          <Group justify="end">
            <Button variant="default" onClick={close}>
              {t(send.data ? 'web.close' : 'web.cancel')}
            </Button>
            {send.data ? null : (
              <Button color="red" loading={send.isPending} onClick={() => send.mutate({ command })}>
                {label}
              </Button>
            )}
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
