import { Alert, Button, Group, Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import type { SiteLimited, SiteNow } from '../../../src/app/api/hub-view.ts'
import { useSend } from '../api/queries.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useSettings } from '../shell/settings.tsx'

interface LimitInput {
  readonly limit_kW: number
  /** Limit the operator saw: another one in force means that somebody else was faster. */
  readonly was_kW: number
  /** Name of the site, typed. */
  readonly confirm?: string
}

/** Sets what the site may draw. What lowers it is confirmed by typing the name of the site. */
export function SiteLimit({ site }: { readonly site: SiteNow }) {
  const { t } = useSettings()
  const [open, { open: show, close }] = useDisclosure()
  const [limit_kW, setLimit] = useState<number | ''>(site.limit_kW)
  const [typed, setTyped] = useState('')
  const [was_kW, setWas] = useState(site.limit_kW)
  const send = useSend<LimitInput, SiteLimited>('site/limit', ['site'])
  const lowers = typeof limit_kW === 'number' && limit_kW < was_kW
  const ready = typeof limit_kW === 'number' && (!lowers || typed.trim() === site.name)
  const apply = () => {
    if (typeof limit_kW !== 'number') return
    const input = { limit_kW, was_kW, ...(lowers ? { confirm: typed.trim() } : {}) }
    send.mutate(input, { onSuccess: (answer) => (answer?.warnings.length ? undefined : close()) })
  }
  const begin = () => {
    setLimit(site.limit_kW)
    setWas(site.limit_kW)
    setTyped('')
    send.reset()
    show()
  }
  return (
    <>
      <Button variant="default" onClick={begin}>
        {t('web.limit.change')}
      </Button>
      <Modal
        opened={open}
        onClose={close}
        title={t('web.limit.change')}
        closeButtonProps={{ 'aria-label': t('web.close') }}
      >
        <Stack>
          <NumberInput
            label={t('web.limit.new_kW')}
            min={0}
            max={site.import_kW}
            step={50}
            value={limit_kW}
            onChange={(value) => setLimit(typeof value === 'number' ? value : '')}
          />
          {lowers ? (
            <>
              <Text size="sm">{t('web.limit.lowers', { from: was_kW, to: limit_kW })}</Text>
              <TextInput
                label={t('web.limit.typeName', { name: site.name })}
                value={typed}
                onChange={({ currentTarget }) => setTyped(currentTarget.value)}
              />
            </>
          ) : null}
          <Trouble error={send.error} />
          {send.data?.warnings.map(({ code, params }) => (
            <Alert key={code} color="yellow" role="status" title={t('web.limit.set')}>
              {t(code, params)}
            </Alert>
          ))}
          <Group justify="end">
            <Button variant="default" onClick={close}>
              {t(send.data ? 'web.close' : 'web.cancel')}
            </Button>
            <Button
              color={lowers ? 'red' : 'teal'}
              disabled={!ready || send.isSuccess}
              loading={send.isPending}
              onClick={apply}
            >
              {t('web.limit.apply')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
