import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CommandInput } from '../command-specs.ts'
import { run } from '../commands/simulate.ts'
import type { Terminal } from '../terminal.ts'

const interrupted = AbortSignal.abort()

async function command(input: CommandInput, signal = new AbortController().signal) {
  const out: string[] = []
  const err: string[] = []
  const terminal: Terminal = {
    ...({ language: 'en', isTerminal: false, colour: false, signal, progress: () => {} } as const),
    out: async (text) => {
      out.push(text)
    },
    err: (text) => err.push(text),
  }
  return { exitCode: await run(input, terminal), out: out.join('\n'), err: err.join('\n') }
}

/**
 * Two vehicles that take 100 kW until they are full, of 50 kWh each: the first has half an hour, the second two. Below
 * 100 kW the optimum is 50 kWh to the first, then 50 kWh to the second.
 */
async function twoVehicles(minutes: number): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'anyplug-')), 'two.json')
  const columns = ['arriveMin', 'outlet', 'plugMin', 'unplugMin', 'capacityKwh', 'socArrive', 'evMaxKw']
  const head = { name: 'two', version: 1, start: '2026-06-01T00:00:00Z', horizonMin: minutes, outletsKw: [100, 100] }
  const sessions = [
    [0, 0, 0, 30, 50, 0, 100],
    [0, 1, 0, minutes, 50, 0, 100],
  ]
  await writeFile(
    path,
    JSON.stringify({ ...head, transitionSoc: 1, efficiency: 1, siteLimitKw: 100, columns, sessions }),
  )
  return path
}

describe('anyplug simulate --workload FILE --optimum', () => {
  test('says how much of the optimum a policy delivered', async () => {
    const workload = await twoVehicles(120)
    const { exitCode, out, err } = await command({ workload, policy: 'max-min', optimum: true })
    expect([exitCode, err]).toEqual([0, ''])
    expect(out).toMatch(/Best schedule in hindsight +100 to 100 kWh, of which 75 % were delivered/)
  })

  test('with more digits as JSON, and only when asked', async () => {
    const workload = await twoVehicles(120)
    const asked = { workload, policy: 'earliest-departure', optimum: true, json: true }
    const { out } = await command(asked)
    expect((await command(asked)).out).toBe(out)
    const { optimum } = JSON.parse(out)
    expect(optimum).toMatchObject({ method: 'linear-program', step_s: 30 })
    expect(optimum.energy_kWh).toBeCloseTo(100, 4)
    expect(optimum.reachable_kWh).toBeLessThanOrEqual(optimum.energy_kWh)
    expect(optimum.share_frac).toBeCloseTo(1, 6)
    expect(optimum.share_frac).toBeLessThanOrEqual(1)
    expect(JSON.parse((await command({ workload, json: true })).out)).not.toHaveProperty('optimum')
  })

  test('is exact where the limit never binds', async () => {
    const { out } = await command({ workload: await twoVehicles(120), siteLimit: '200', optimum: true })
    expect(out).toMatch(/Best schedule in hindsight +100 kWh, of which 100 % were delivered/)
  })

  test('refuses what is too large', async () => {
    const { exitCode, out, err } = await command({ workload: await twoVehicles(2e6), siteLimit: '50', optimum: true })
    expect([exitCode, out]).toEqual([2, ''])
    expect(err).toContain('optimum.tooLarge')
  })

  test('ends when it is interrupted', async () => {
    const { exitCode, out } = await command({ workload: await twoVehicles(120), optimum: true }, interrupted)
    expect([exitCode, out]).toEqual([130, ''])
  })

  test('is not for sites', async () => {
    const { exitCode, err } = await command({ site: 'hub.yaml', optimum: true })
    expect(exitCode).toBe(2)
    expect(err).toContain('optimum.onlyWithWorkload')
  })
})
