import { type CSSVariablesResolver, createTheme, MantineProvider } from '@mantine/core'
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react'
import { type Code, isCode, type Language, languages, type Parameters, say } from '../../../src/base/words/index.ts'

const LANGUAGE_KEY = 'anyplug.language'

/** How the user wants to be spoken to. */
export interface Settings {
  readonly language: Language
  setLanguage(language: Language): void
  /** Sentence of a code in the language of the user. */
  t(code: Code, params?: Parameters): string
  /** The same for a code that comes from elsewhere; one that is not known is shown as it is. */
  told(code: string, params?: Parameters): string
}

const SettingsContext = createContext<Settings | null>(null)

const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 9, dark: 6 },
  autoContrast: true,
  fontFamily: 'system-ui, "Segoe UI", "Noto Sans", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif',
  defaultRadius: 'sm',
  respectReducedMotion: true,
})

/** Words on tinted grounds are darker than usual: they are to be read in the sun. */
const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-teal-light-color': '#06543c',
    '--mantine-color-green-light-color': '#1c5a2a',
    '--mantine-color-red-light-color': '#8f1f1f',
    '--mantine-color-yellow-light-color': '#6b4200',
    '--mantine-color-gray-light-color': '#343a40',
    '--mantine-color-dimmed': '#565e66',
  },
  dark: { '--mantine-color-dimmed': '#adb5bd' },
})

function preferred(): Language {
  const wanted = [localStorage.getItem(LANGUAGE_KEY), ...navigator.languages.map((tag) => tag.slice(0, 2))]
  return wanted.map((tag) => languages.find((known) => known === tag)).find((known) => known) ?? 'en'
}

export function SettingsProvider({ children }: { readonly children: ReactNode }) {
  const [language, choose] = useState<Language>(preferred)
  const setLanguage = useCallback((next: Language) => {
    localStorage.setItem(LANGUAGE_KEY, next)
    choose(next)
  }, [])
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [language])
  const settings = useMemo<Settings>(
    () => ({
      language,
      setLanguage,
      t: (code, params = {}) => say(code, params, language),
      told: (code, params = {}) => (isCode(code) ? say(code, params, language) : code),
    }),
    [language, setLanguage],
  )
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <SettingsContext value={settings}>{children}</SettingsContext>
    </MantineProvider>
  )
}

/** Language and words of the user. */
export function useSettings(): Settings {
  const settings = use(SettingsContext)
  if (settings === null) throw new Error('used outside of SettingsProvider')
  return settings
}
