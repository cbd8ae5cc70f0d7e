import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Language } from '../../../base/words/index.ts'
import { builtInCatalogue, hitsOf, kinds, nameOf } from '../../../hub/standards/catalogue/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { run } from './catalogue.ts'

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
  return { exitCode, out: out.join('\n'), err: err.join('\n') }
}

const folder = mkdtempSync(join(tmpdir(), 'anyplug-catalogue-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('anyplug catalogue', () => {
  test('counts every kind', async () => {
    const { exitCode, out } = await told({})
    expect(exitCode).toBe(0)
    for (const kind of kinds) expect(out).toMatch(new RegExp(`^ *${builtInCatalogue()[kind].size}  ${kind}\\b`, 'm'))
    expect(JSON.parse((await told({ json: true })).out)).toMatchObject({ counts: { vehicles: 51, chargers: 41 } })
  })

  test.each(kinds)('lists %s', async (kind) => {
    const { exitCode, out } = await told({ kind })
    expect(exitCode).toBe(0)
    for (const id of builtInCatalogue()[kind].keys()) expect(out).toContain(`${id} `)
  })

  test('takes a kind as people type it', async () => {
    const outs = await Promise.all(['swapStations', 'swap-stations', 'swapstation'].map((kind) => told({ kind })))
    expect(new Set(outs.map(({ out }) => out)).size).toBe(1)
  })

  test.each(kinds)('shows every record of %s with name, notes and spelled-out sources', async (kind) => {
    const catalogue = builtInCatalogue()
    for (const [id, record] of catalogue[kind]) {
      const { exitCode, out } = await told({ kind, words: [id] })
      expect(exitCode).toBe(0)
      expect(out).toContain(
        hitsOf(catalogue, kind)
          .filter((hit) => hit.record === record)
          .map(nameOf)
          .join(),
      )
      expect(out).toContain(record.notes)
      for (const source of record.sources) expect(out).toContain(catalogue.sources.get(source))
      expect(out).not.toMatch(/undefined|\[object|NaN/)
    }
  })

  test('shows units, marks and the curve with its confidence', async () => {
    const { out } = await told({ kind: 'vehicles', words: ['ioniq', '5', '2024'] })
    expect(out).toMatch(/pack\.max_V +806\.4 V ~ +pack voltage when full/)
    expect(out).toMatch(/pack\.usable_kWh +72\.6 kWh \? /)
    expect(out).toMatch(/maxPower_kW +233 kW +peak/)
    expect(out).toMatch(/modelYears\.from +2021 /)
    expect(out).toMatch(/pack\.nominal_V +unknown /)
    expect(out).toContain('(measured or published), reported for this vehicle')
    expect(out).toContain('https://github.com/KilowattApp/open-ev-data')
  })

  test('shows parts with the words of their type, and small figures whole', async () => {
    const { out } = await told({ kind: 'components', words: ['contact-ccs-cooled'] })
    expect(out).toMatch(/resistance_ohm +0\.00008 Ω \? +pin and socket of one pole/)
    expect(out).toMatch(/toCoolant_WperK +1\.6 W\/K \? /)
    expect((await told({ kind: 'components', words: ['module-filter'] })).out).toMatch(/yCapacitance_F +1e-7 F \? /)
    const cables = await told({ kind: 'components', words: ['cable'] })
    expect(cables.out).toMatch(/oil-ccs-500 .* cable +\? archetype/)
    expect(cables.out).not.toContain('pump-oil-60')
  })

  test('never shows a figure of an uncertain record without its mark', async () => {
    const { out } = await told({ kind: 'chargers', words: ['abb_terra_54'] })
    const figures = out
      .split('\n')
      .filter((line) => /\d (kW|V|A)\b.*(voltage|current|power)/.test(line) && line.startsWith('  '))
    expect(figures.length).toBeGreaterThan(5)
    for (const line of figures) expect(line).toMatch(/\d (kW|V|A) \? /)
  })

  test('marks what is no product', async () => {
    expect((await told({ kind: 'chargers', words: ['gbt2015_60'] })).out).toContain(
      'archetype: a composed class, no product',
    )
    expect((await told({ kind: 'chargers', words: ['chaoji_trial_480'] })).out).toContain('trial hardware, no product')
  })

  test('lists when several records answer', async () => {
    const { exitCode, out } = await told({ kind: 'chargers', words: ['hyc'] })
    expect(exitCode).toBe(0)
    expect(out.match(/^alp_hyc_/gm)).toHaveLength(4)
    expect(JSON.parse((await told({ kind: 'chargers', words: ['hyc'], json: true })).out)).toHaveLength(4)
  })

  test('a record as JSON has its sources spelled out', async () => {
    const { out } = await told({ kind: 'connectors', words: ['mcs'], json: true })
    expect(JSON.parse(out)).toMatchObject({
      kind: 'connectors',
      id: 'mcs',
      sources: { 'wikipedia-mcs': expect.any(String) },
    })
  })

  test('a miss suggests and exits 1', async () => {
    const { exitCode, err } = await told({ kind: 'vehicles', words: ['ionik', '5'] })
    expect(exitCode).toBe(1)
    expect(err).toContain('did you mean one of hyundai-ioniq5-2021, hyundai-ioniq5-2025?')
  })

  test('an unknown kind exits 2 and names the kinds', async () => {
    const { exitCode, err } = await told({ kind: 'vehicules' })
    expect(exitCode).toBe(2)
    expect(err).toContain('connectors, swapInterfaces')
    expect(err).toContain('did you mean "vehicles"?')
  })

  test('shows the names of a connector elsewhere', async () => {
    const { out } = await told({ kind: 'connectors', words: ['gbt_dc_2023'], identifiers: true })
    expect(out).toMatch(/OCPP 2\.1 +cGBT-DC +"cGBT-DC" also means gbt_dc_2015/)
    const all = await told({ identifiers: true })
    for (const id of builtInCatalogue().connectors.keys()) expect(all.out).toContain(`${id}  `)
    expect((await told({ kind: 'vehicles', identifiers: true })).exitCode).toBe(2)
  })

  test('speaks Chinese', async () => {
    expect((await told({ kind: 'chargers', words: ['gbt2015_60'] }, 'zh')).out).toContain('典型类别')
  })

  test('reads own records, and tells what is wrong with them', async () => {
    const curve = `curves: [{ id: own, name: my curve, kind: measured, points: [[0, 9], [1, 9]], sources: [unverified], confidence: reported }]\n`
    writeFileSync(join(folder, 'own.yaml'), curve)
    const good = await told({ kind: 'curves', words: ['own'], catalogue: folder })
    expect(good).toMatchObject({ exitCode: 0, out: expect.stringContaining('my curve') })
    writeFileSync(join(folder, 'own.yaml'), curve.replace('[unverified]', '[web]'))
    const bad = await told({ kind: 'curves', catalogue: folder })
    expect(bad).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining('own.yaml:1:') })
    expect(await told({ catalogue: join(folder, 'none') })).toMatchObject({ exitCode: 2 })
  })
})
