import { en } from './en/index.ts'
import { zh } from './zh/index.ts'

export { closest } from './closest.ts'

/** Languages every code has a sentence in. */
export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

/** Every code that can be said: problems, limit sources, obstacles, refusals, headings. */
export type Code = keyof typeof en

export type Parameter = string | number | boolean | null | readonly (string | number)[]
export type Parameters = Readonly<Record<string, Parameter>>

/** A reason as data: a code from the one list and the values its sentence needs. */
export interface Coded {
  readonly code: Code
  readonly params: Parameters
}

const sentences: Readonly<Record<Language, Readonly<Record<Code, string>>>> = { en, zh }
/** BCP 47 tag of each language, for Intl. */
export const locales: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' }
const separators: Readonly<Record<Language, string>> = { en: ', ', zh: '、' }
const unknown: Readonly<Record<Language, string>> = { en: 'unknown', zh: '未知' }
const yesNo: Readonly<Record<Language, readonly [string, string]>> = { en: ['yes', 'no'], zh: ['是', '否'] }

/** Number as people of the language write it, at most `digits` decimals. */
export function formatNumber(value: number, language: Language, digits = 2): string {
  return value.toLocaleString(locales[language], { maximumFractionDigits: digits })
}

function formatParameter(value: Parameter | undefined, language: Language): string {
  if (value === undefined || value === null) return unknown[language]
  if (typeof value === 'number') return formatNumber(value, language)
  if (typeof value === 'boolean') return yesNo[language][value ? 0 : 1]
  if (typeof value === 'string') return value
  return value.map((item) => formatParameter(item, language)).join(separators[language])
}

/** The sentence of a code in a language, its `{name}` places filled from `params`. */
export function say(code: Code, params: Parameters, language: Language): string {
  return sentences[language][code].replace(/\{(\w+)\}/g, (_, name: string) => formatParameter(params[name], language))
}

/** Whether a text is a code of the list: true for every `Code`. */
export function isCode(text: string): text is Code {
  return Object.hasOwn(en, text)
}

export { limitName } from './limit-name.ts'
