import { Alert, Button, Stack, Text } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { useSettings } from './settings.tsx'

interface Props {
  readonly children: ReactNode
}

function Failed({ says }: { readonly says: string }) {
  const { t } = useSettings()
  return (
    <Alert color="red" role="alert" title={t('web.page.failed')}>
      <Stack align="start">
        <Text size="sm">{says}</Text>
        <Button variant="default" onClick={() => location.reload()}>
          {t('web.page.reload')}
        </Button>
      </Stack>
    </Alert>
  )
}

/** Stands in for a page that cannot be shown: its script did not come, or it has a fault of ours. */
export class PageFailed extends Component<Props, { readonly says: string | null }> {
  override readonly state = { says: null as string | null }

  static getDerivedStateFromError(error: unknown) {
    return { says: error instanceof Error ? error.message : String(error) }
  }

  override render(): ReactNode {
    const { says } = this.state
    return says === null ? this.props.children : <Failed says={says} />
  }
}
