import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { CommandInput } from '../command-specs.ts'
import type { Terminal } from '../terminal.ts'
import { run } from './simulate-workload.ts'

const day = fileURLToPath(new URL('../../../../test/fixtures/workloads/workload-day.json', import.meta.url))

async function command(input: CommandInput): Promise<{ exitCode: number; out: string; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const { signal } = new AbortController()
  const plain = { language: 'en', isTerminal: false, colour: false, signal, progress: () => {} } as const
  const terminal: Terminal = {
    ...plain,
    out: async (text) => {
      out.push(text)
    },
    err: (text) => err.push(text),
  }
  const exitCode = await run(input, terminal)
  return { exitCode, out: out.join('\n'), err: err.join('\n') }
}

describe('anyplug simulate --workload', () => {
  it('prints a summary', async () => {
    const { exitCode, out, err } = await command({ workload: day, siteLimit: '1600' })
    expect([exitCode, err]).toEqual([0, ''])
    expect(out).toMatch(/Energy delivered +18,789\.7\d kWh/)
    expect(out).toMatch(/of which 97\.44 %/)
  })

  it('with physics says what it assumes, and books what devices hold back and lose', async () => {
    const asked = { workload: day, siteLimit: '1600', physics: true, sight: 'exact' }
    const { exitCode, out } = await command(asked)
    expect(exitCode).toBe(0)
    expect(out).toMatch(/Assumed of the recording +packs of the 800 V class above 175 kW/)
    const result = JSON.parse((await command({ ...asked, json: true })).out)
    expect(result.assumed).toMatchObject({ maxCurrent_A: 600, ambient_degC: 20 })
    expect(result.energyDelivered_kWh).toBeGreaterThan(0.999 * 18_789.7)
    expect(result.energyDelivered_kWh).toBeLessThan(18_789.8)
    expect(result.energyIn_kWh - result.energyDelivered_kWh).toBeCloseTo(result.losses_kWh, 6)
    expect(result.losses_kWh / result.energyIn_kWh).toBeGreaterThan(0.03)
    expect(result.losses_kWh / result.energyIn_kWh).toBeLessThan(0.07)
    expect(result.heldBack_kWh['cabinet.share']).toBeGreaterThan(0)
  })

  it('refuses physics where nothing shares what devices leave', async () => {
    const { exitCode, err } = await command({ workload: day, physics: true, sight: 'exact', policy: 'equal-rating' })
    expect(exitCode).toBe(2)
    expect(err).toMatch(/equal-rating/)
  })

  it('prints the same JSON twice', async () => {
    const once = await command({ workload: day, siteLimit: '1600', policy: 'earliest-departure', json: true })
    const twice = await command({ workload: day, siteLimit: '1600', policy: 'earliest-departure', json: true })
    expect(once.out).toBe(twice.out)
    expect(JSON.parse(once.out)).toMatchObject({ policy: 'earliest-departure', siteLimit_kW: 1600, seed: 20260602 })
  })

  it('writes a report', async () => {
    const report = join(await mkdtemp(join(tmpdir(), 'anyplug-')), 'day.html')
    expect((await command({ workload: day, report })).exitCode).toBe(0)
    expect(await readFile(report, 'utf8')).toContain('hub20-1d-446')
  })

  it('tells what is wrong with options and file at once', async () => {
    const workload = join(await mkdtemp(join(tmpdir(), 'anyplug-')), 'cut.json')
    await writeFile(workload, '{"name": "x",\n "sessions": [[1, 2')
    const { exitCode, out, err } = await command({ workload, policy: 'fair', siteLimit: 'many' })
    expect([exitCode, out]).toEqual([2, ''])
    expect(err.split('\n')).toHaveLength(3)
    expect(err).toContain(`${workload}:2:`)
  })
})
