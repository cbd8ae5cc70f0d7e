import { Group, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import type { Language } from '../../../src/base/words/index.ts'
import { useSettings } from './settings.tsx'

/** Language and light or dark. */
export function Choices() {
  const { t, language, setLanguage } = useSettings()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Group gap="xs" wrap="nowrap">
      <SegmentedControl
        size="xs"
        aria-label={t('web.theme')}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
        data={[
          { value: 'light', label: t('web.theme.light') },
          { value: 'auto', label: t('web.theme.auto') },
          { value: 'dark', label: t('web.theme.dark') },
        ]}
        visibleFrom="xs"
      />
      <SegmentedControl
        size="xs"
        aria-label={t('web.language')}
        value={language}
        onChange={(value) => setLanguage(value as Language)}
        data={[
          { value: 'en', label: 'EN' },
          { value: 'zh', label: '中文' },
        ]}
      />
    </Group>
  )
}
