import { locales } from '../../../src/base/words/index.ts'
import { useSite } from '../api/queries.ts'
import { useSettings } from '../shell/settings.tsx'

/** Writes moments in the time zone of the site; null: a dash. */
export function useMoment(): (at_ms: number | null) => string {
  const { language } = useSettings()
  const { data } = useSite()
  const format = new Intl.DateTimeFormat(locales[language], {
    timeZone: data?.timezone ?? 'UTC',
    ...({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const),
  })
  return (at_ms) => (at_ms === null ? '–' : format.format(at_ms))
}
