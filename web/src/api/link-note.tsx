import { Alert } from '@mantine/core'
import { useState } from 'react'
import { useSettings } from '../shell/settings.tsx'
import { useLink } from './live.tsx'
import { useHub, useSite } from './queries.ts'

/** A device whose clock differs more from the hub's is told so. */
const CLOCK_OFF_ms = 120_000
const MINUTE_ms = 60_000

/** How far the clock of the hub is ahead of that of this device; 0 where that means nothing. */
function useClockOff_ms(): number {
  const { data: site } = useSite()
  const { data: hub } = useHub()
  const [opened_ms] = useState(() => Date.now())
  const isReal =
    site !== undefined && site.speed === 1 && hub !== undefined && hub.at_ms > opened_ms - 10 * 365 * 1440 * MINUTE_ms
  const off_ms = isReal ? hub.at_ms - Date.now() : 0
  return Math.abs(off_ms) > CLOCK_OFF_ms ? off_ms : 0
}

/** Whether what is shown is alive, and by whose clock. */
export function LinkNote() {
  const { t } = useSettings()
  const link = useLink()
  const off_ms = useClockOff_ms()
  if (link !== 'open') {
    return (
      <Alert color={link === 'lost' ? 'red' : 'gray'} role="status" mb="md">
        {t(link === 'lost' ? 'web.link.lost' : 'web.link.connecting')}
      </Alert>
    )
  }
  if (off_ms === 0) return null
  return (
    <Alert color="yellow" role="status" mb="md">
      {t(off_ms > 0 ? 'web.link.clockAhead' : 'web.link.clockBehind', {
        minutes: Math.round(Math.abs(off_ms) / MINUTE_ms),
      })}
    </Alert>
  )
}
