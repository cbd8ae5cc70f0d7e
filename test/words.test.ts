import { expect, test } from 'vitest'
import { en } from '../src/base/words/en/index.ts'
import { zh } from '../src/base/words/zh/index.ts'
import { kinds } from '../src/hub/standards/catalogue/kinds.ts'
import { attributePaths } from '../src/hub/standards/records/attributes.ts'
import { isFileName, namedCodes, places } from './support/codes.ts'
import { sourceModules, webModules } from './support/repository.ts'

const codes = Object.entries(en)
const families = new Set(Object.keys(en).map((code) => code.split('.')[0]))
const named = namedCodes([...sourceModules().filter(({ path }) => !path.startsWith('base/words/')), ...webModules()])

test('both languages fill in the same values', () => {
  expect(codes.length).toBeGreaterThan(0)
  const different = codes.filter(
    ([code, sentence]) => places(sentence).join() !== places(zh[code as keyof typeof en]).join(),
  )
  expect(different.map(([code]) => code)).toEqual([])
})

/** Paths such as `cabinet.power_kW` look like codes and are none. */
const attributes = new Set(kinds.flatMap((kind) => [...attributePaths(kind)]))

test('every code named in the sources has a sentence', () => {
  const isOurs = (code: string) => families.has(code.split('.')[0] ?? '') && !attributes.has(code) && !isFileName(code)
  const unknown = [...named.whole].filter((code) => isOurs(code) && !(code in en))
  expect(unknown).toEqual([])
})

test('no sentence is left without use', () => {
  const used = (code: string) => named.whole.has(code) || named.patterns.some((pattern) => pattern.test(code))
  expect(Object.keys(en).filter((code) => !used(code))).toEqual([])
})

test('codes are read as written', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: source text that holds a template
  const text = 'say("a.b"); say(`c.${kind}.d`); say(`${kind}.name`); read(`${name}.yaml`) // "e.f"'
  const { whole, patterns } = namedCodes([{ path: 'a.ts', text }])
  expect([...whole]).toEqual(['a.b'])
  expect(patterns.map((pattern) => pattern.test('c.warning.d'))).toEqual([true, false])
  expect(patterns.map((pattern) => pattern.test('a.b.name'))).toEqual([false, true])
  expect(isFileName('site.yaml')).toBe(true)
  expect(places('{b} of {a} and {b}')).toEqual(['a', 'b'])
})
