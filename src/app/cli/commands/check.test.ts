import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Language } from '../../../base/words/index.ts'
import { sound } from '../../../hub/site/test-support.ts'
import type { CommandInput } from '../command-specs.ts'
import { run } from './check.ts'

const folder = mkdtempSync(join(tmpdir(), 'anyplug-check-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

async function told(input: CommandInput, language: Language = 'en') {
  const [out, err]: [string[], string[]] = [[], []]
  const exitCode = await run(input, {
    language,
    isTerminal: false,
    colour: false,
    signal: new AbortController().signal,
    out: async (text) => void out.push(text),
    err: (text) => void err.push(text),
    progress: () => {},
  })
  return { exitCode, out, err }
}

const good = file('good.yaml', sound)
const bad = file('bad.yaml', sound.replace('EUR', 'Euro').replace('500', '500kW'))

test('a sound file says what the hub is', async () => {
  expect(await told({ files: [good] })).toEqual({
    exitCode: 0,
    out: [
      `${good}: Test; stations: 1, EVSEs: 2, connectors: 2 × ccs2`,
      '  grid connection: 500 kW; cabinets: 1, together 400 kW',
      '  no demand: it can be checked but not simulated',
    ],
    err: [],
  })
})

test('a bad file says every problem with place and cure, then how many', async () => {
  expect(await told({ files: [bad] })).toEqual({
    exitCode: 2,
    out: [],
    err: [
      `${bad}:5:11: error site.unknownCurrency: currency: "Euro" is no currency code; write three letters such as EUR, USD, CNY or JPY`,
      `${bad}:6:20: error document.numberAsText: grid.import_kW: "500kW" is text; a number in kW is expected; write 500`,
      `${bad}: errors: 2, warnings: 0`,
    ],
  })
})

test('one bad file among good ones decides the exit code, and all are told', async () => {
  const { exitCode, out, err } = await told({ files: [good, bad, good] }, 'zh')
  expect(exitCode).toBe(2)
  expect(out).toHaveLength(6)
  expect(err.at(-1)).toBe(`${bad}：2 个错误，0 个警告`)
})

test('a fault that cannot be is told with its place, like any other problem', async () => {
  const path = file('faulty.yaml', `${sound}\nfaults:\n  - { mode: pomp, part: nowhere, at_h: 1 }\n`)
  const { exitCode, out, err } = await told({ files: [path] })
  expect(exitCode).toBe(2)
  expect(out).toEqual([])
  expect(err[0]).toMatch(/faulty\.yaml:\d+:13: error fault\.unknownMode: .* did you mean "pump"/)
  expect(err[1]).toContain('error fault.unknownPart')
})

test('as JSON: one entry a file, with code, place, sentence and cure', async () => {
  const { exitCode, out, err } = await told({ files: [good, bad], json: true })
  expect({ exitCode, err }).toEqual({ exitCode: 2, err: [] })
  expect(JSON.parse(out.join(''))).toMatchObject([
    { file: good, ok: true, problems: [], hub: { stations: 1, connectors: [{ connector: 'ccs2', count: 2 }] } },
    {
      file: bad,
      ok: false,
      hub: null,
      problems: [
        { code: 'site.unknownCurrency', severity: 'error', line: 5, column: 11, path: 'currency' },
        { code: 'document.numberAsText', params: { unit: 'kW' }, line: 6, column: 20, fix: 'write 500' },
      ],
    },
  ])
})

test('own records of a folder can be named in a site file', async () => {
  const records = mkdtempSync(join(folder, 'records-'))
  writeFileSync(
    join(records, 'posts.yaml'),
    `sources: { plate: name plate }
chargers:
  - id: yard-post
    manufacturer: Own
    product: Yard post
    kind: all-in-one
    markets: [EU]
    access: { type: open }
    cabinet: { power_kW: 90 }
    evses: [{ count: 1, connectors: [{ connector: ccs2, maxVoltage_V: 920, maxPower_kW: 90 }] }]
    sources: [plate]
    confidence: confirmed
`,
  )
  const site = file('own.yaml', sound.replace('alp_hyc_400', 'yard-post'))
  expect(await told({ files: [site] })).toMatchObject({ exitCode: 2 })
  expect(await told({ files: [site], catalogue: records })).toMatchObject({ exitCode: 0, err: [] })
})
