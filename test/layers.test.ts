import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { violations, violationsIn } from './support/layers.ts'
import { roomFolders, root, sourceModules, trackedFiles } from './support/repository.ts'

const spoken = ({ path, line, says }: { path: string; line: number; says: string }) => `src/${path}:${line} ${says}`

test('every module keeps to the layers', () => {
  expect(violations(sourceModules(), roomFolders()).map(spoken)).toEqual([])
})

test('a check that sees nothing fails', () => {
  expect(() => violations([], [])).toThrow('no modules seen')
  const module = { path: 'hub/site/index.ts', text: '' }
  expect(() => violations([module], ['hub/site', 'hub/plant'])).toThrow('no modules seen in hub/plant')
})

describe('a planted violation is found', () => {
  const planted: readonly (readonly [string, string, string])[] = [
    ['hub/standards/a.ts', "import { site } from '../site/index.ts'", 'data flows the other way'],
    ['hub/standards/a.ts', "import type { Site } from '../site/index.ts'", 'data flows the other way'],
    ['hub/site/a.ts', "export { run } from '../../study/simulate/index.ts'", 'data flows the other way'],
    ['hub/site/a.ts', "const plant = await import('../plant/index.ts')", 'data flows the other way'],
    ['hub/site/a.ts', "let plant: import('../plant/index.ts').Plant", 'data flows the other way'],
    ['study/report/a.ts', "import { cli } from '../../app/cli/index.ts'", 'data flows the other way'],
    ['hub/site/a.ts', "import { match } from '../standards/match/limits.ts'", 'is no face'],
    ['hub/site/a.ts', "import { x } from '../nowhere/index.ts'", 'no room of the house'],
    ['hub/site/a.ts', "import { en } from '../../base/words/en/index.ts'", 'base/words/index.ts only'],
    ['live/operate/a.ts', "import { run } from '../../study/simulate/index.ts'", 'must not know study/simulate'],
    ['live/operate/a.ts', "import { plant } from '../../hub/plant/index.ts'", 'must not know hub/plant'],
    ['live/ocpp/a.ts', "import { site } from '../../hub/site/index.ts'", 'must not know hub/site'],
    ['hub/plant/a.ts', "import { readFileSync } from 'node:fs'", 'not there in a browser'],
    ['io/formats/a.ts', "import { join } from 'node:path'", 'not there in a browser'],
    ['hub/site/a.ts', "import { parse } from 'yaml'", 'belongs to base/documents'],
    ['hub/plant/a.ts', 'const now_s = Date.now() / 1000', 'reads the clock'],
    ['hub/plant/a.ts', 'const now = new Date()', 'reads the clock'],
    ['hub/plant/a.ts', 'const noon = new Date(2026, 1, 1)', 'local zone'],
    ['hub/demand/a.ts', 'const u = Math.random()', 'not repeatable'],
    ['hub/demand/a.ts', 'setTimeout(() => {}, 10)', 'is a timer'],
    ['study/simulate/a.ts', "console.log('done')", 'console is not for'],
    ['study/simulate/a.ts', "const full = process.env['FULL']", 'process is not for'],
    ['study/report/a.ts', "new Intl.DateTimeFormat('en')", 'without timeZone'],
    ['study/report/a.ts', "new Intl.DateTimeFormat('en', { hour: 'numeric' })", 'without timeZone'],
    ['study/report/a.ts', 'const hour = date.getHours()', "machine's time zone"],
    ['study/report/a.ts', 'const title = "充电"', 'base/words/zh'],
  ]
  test.each(planted)('%s: %s', (path, text, says) => {
    expect(violationsIn({ path, text }).map(spoken)).toEqual([expect.stringContaining(says)])
  })

  test('a room outside the house', () => {
    expect(violations([{ path: 'hub/weather/a.ts', text: '' }], []).map(spoken)).toEqual([
      'src/hub/weather/a.ts:0 is in no room of the house',
    ])
  })

  test('study and live meeting in io', () => {
    const study = { path: 'io/bus/a.ts', text: "import '../../study/plan/index.ts'" }
    const live = { path: 'io/bus/b.ts', text: "import '../../live/ocpp/index.ts'" }
    expect(violations([study, live], []).map(spoken)).toEqual(['src/io/bus:0 study and live meet only in app'])
  })
})

test('what the rules allow is allowed', () => {
  const text = `
    import { match } from '../standards/match/index.ts'
    import { z } from 'zod'
    const from = new Date('2026-01-01T00:00:00Z')
    const format = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin' })
    const hour = from.getUTCHours()
    const rate = (process: Process) => process.arrivals_perHour`
  expect(violationsIn({ path: 'hub/site/a.ts', text })).toEqual([])
})

const tracked = trackedFiles()

test.skipIf(tracked === null)('no file names a folder of the machine it was written on', () => {
  const folders = ['work', 'root', 'home/[a-z]+'].join('|')
  const machinePath = new RegExp(`(?:^|[\\s"'\`(=:])/(?:${folders})/\\S+`)
  const texts = (tracked ?? []).filter((path) => existsSync(join(root, path)))
  expect(texts.length).toBeGreaterThan(0)
  const found = texts.flatMap((path) => {
    const hit = machinePath.exec(readFileSync(join(root, path), 'utf8'))?.[0]
    return hit ? [`${path}: ${hit.trim()}`] : []
  })
  expect(found).toEqual([])
})
