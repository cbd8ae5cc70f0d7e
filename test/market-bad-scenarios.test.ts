import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { anyplug, rawControls, traces } from './bad-inputs/program.ts'
import { isBuilt } from './support/repository.ts'

/** A scenario a user might write, and what must be said about it: `line:column code` and a part of the fix. */
type Bad = readonly [name: string, text: string, ...says: (readonly [string, string])[]]

const us = (more: string): string => `id: mine\ntitle: Mine\nregion: us\n${more}\n`
const own = (more: string): string => `id: mine\ntitle: Mine\nregion:\n${more}\n`
const region = (open: string, stock: string, share: string): string =>
  own(
    [
      ...['  id: land', '  name: Land', '  from: "2024-01-01"', '  sales: 1000'],
      ...['  connectors: [{ id: ccs2, name: CCS2 }]', `  open: { portsPerSite: 4${open} }`],
      `  groups: [{ id: cars, name: Cars, inlets: [ccs2], share: ${share}${stock} }]`,
    ].join('\n'),
  )

const bad: readonly Bad[] = [
  ['no-such-region', 'id: a\ntitle: t\nregion: uss\n', ['3:9 market.problem.unknown.region', '"us"']],
  ['no-region', 'id: a\ntitle: t\n', ['1:1 document.missingKey', '']],
  ['too-much', us('shares: { tesla: 0.7, ccs: 0.5 }'), ['4:9 market.problem.sharesSum', '1 at most']],
  [
    'too-little',
    us('shares: { tesla: 0.3, ccs: 0.3, nacs-new: 0.1, chademo: 0.1, nodc: 0.1 }'),
    ['4:9 market.problem.sharesSum', 'together are 1'],
  ],
  [
    'too-much-later',
    us('shares: { tesla: [[2024, 0.3], [2030, 0.8]], ccs: 0.4 }'),
    ['4:9 market.problem.sharesSum', ''],
  ],
  ['share-of-110', us('shares: { tesla: 1.1 }'), ['4:18 document.tooBig', '']],
  ['no-such-group', us('shares: { tesa: 0.3 }'), ['4:17 market.problem.unknown.group', '"tesla"']],
  ['no-such-maker', us('switch: { never: [frod, gm] }'), ['4:19 market.problem.unknown.maker', '"ford"']],
  [
    'no-such-plug',
    us('rules:\n  - { kind: mandate, connector: ccs, from: "2026-01-01" }'),
    ['5:33 market.problem.unknown.connector', '"ccs1"'],
  ],
  [
    'mandate-and-ban',
    us(
      'rules:\n  - { kind: mandate, connector: ccs1, from: "2025" }\n  - { kind: ban, connector: ccs1, from: "2026" }',
    ),
    ['6:5 market.problem.mandateAndBan', 'leave out one'],
  ],
  [
    'over-before-data',
    us('rules:\n  - { kind: ban, connector: ccs1, from: "2015", to: "2016" }'),
    ['5:53 market.problem.beforeData', 'end later'],
  ],
  ['path-before-data', us('shares: { ccs: [[2015, 0.4], [2018, 0.2]] }'), ['4:16 market.problem.beforeData', 'later']],
  ['ends-before-data', us('to: "2021"'), ['4:5 market.problem.endsEarly', 'after 2023-12-31']],
  [
    'ends-before-it-begins',
    us('rules:\n  - { kind: ban, connector: ccs1, from: "2030", to: "2029" }'),
    ['5:53 market.problem.endsBefore', 'after 2030'],
  ],
  ['no-makers', 'id: a\ntitle: t\nregion: cn\nswitch: { cap_frac: 0.5 }\n', ['4:9 market.problem.noSwitch', 'shares']],
  ['no-day', us('switch: { opened: "2027-02-30" }'), ['4:19 market.problem.noSuchDay', '']],
  ['unknown-key', us('sharez: 1'), ['4:1 document.unknownKey', '']],
  ['own-region-without-ports', region('', ', stock: 5', '1'), ['9:9 market.problem.notStated', '"ports"']],
  [
    'own-region-without-stock',
    region(', ports: 9', '', '0.9'),
    ['10:12 market.problem.notStated', '"stock"'],
    ['10:11 market.problem.sharesSum', 'together are 1'],
  ],
]

/** A problem as a line: place, code, and the rest with its fix. */
function told(errors: string, name: string): readonly (readonly [string, string])[] {
  return errors.split('\n').flatMap((line) => {
    const [, place = '', code = '', rest = ''] = /^([\w-]+\.yaml:\d+:\d+): error ([\w.]+): (.*)$/.exec(line) ?? []
    return place.startsWith(`${name}.yaml:`) ? [[`${place.slice(name.length + 6)} ${code}`, rest] as const] : []
  })
}

describe.skipIf(!isBuilt)('bad scenarios through the built program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anyplug-scenarios-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of bad) writeFileSync(join(folder, `${name}.yaml`), text)
  const names = bad.map(([name]) => `${name}.yaml`)
  const english = isBuilt ? anyplug(['market', 'compare', ...names], folder) : null

  test.each(bad.map((one) => [one[0], one] as const))('%s', (name, [, , ...says]) => {
    const found = told(english?.errors ?? '', name)
    expect(found.map(([place]) => place)).toEqual(says.map(([place]) => place))
    found.forEach(([, rest], at) => {
      expect(rest).toContain(says[at]?.[1])
    })
  })

  test('all at once, nothing printed as a result, no traces, in either language', () => {
    const chinese = anyplug(['--lang', 'zh', 'market', 'compare', ...names], folder)
    for (const outcome of [english, chinese]) {
      expect(outcome).toMatchObject({ exitCode: 2, output: '' })
      expect([...traces(outcome?.errors ?? ''), ...rawControls(outcome?.errors ?? '')]).toEqual([])
    }
    const places = (text: string): readonly string[] => text.match(/^[\w-]+\.yaml:\d+:\d+/gm) ?? []
    expect(places(chinese.errors)).toEqual(places(english?.errors ?? ''))
  })

  test('one scenario, and levers, are refused with the same care', () => {
    expect(anyplug(['market', 'too-much.yaml'], folder)).toMatchObject({ exitCode: 2, output: '' })
    const levers = ['--never', 'frod', '--mandate', 'ccs1@2026', '--ban', 'ccs1@2027', '--access', 'tessla=1']
    const { exitCode, errors } = anyplug(['market', 'us-nacs-domino', ...levers], folder)
    expect(exitCode).toBe(2)
    expect(errors.match(/market\.problem\.[\w.]+/g)?.sort()).toEqual([
      ...['market.problem.mandateAndBan', 'market.problem.unknown.group', 'market.problem.unknown.maker'],
    ])
  })
})
