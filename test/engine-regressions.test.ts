import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { EndedSession } from '../src/study/simulate/index.ts'
import { energies, type HubCase, runCase } from './support/hub-cases.ts'
import { slowHub } from './support/slow-hub.ts'

function readCase(name: string): HubCase {
  return JSON.parse(readFileSync(new URL(`./fixtures/engine/${name}.json`, import.meta.url), 'utf8'))
}

it('floors that do not all fit are served in order while another vehicle tapers off', () => {
  const floor_kW = 40
  const hubCase = { ...readCase('floors-above-a-taper'), floor_kW }
  const ended: EndedSession[] = []
  runCase(hubCase, 'max-min', ended).finish()
  const slow = slowHub(hubCase.model, hubCase.sessions, { policy: 'max-min', floor_kW }, hubCase.end_s)
  for (const [i, energy_kWh] of energies(hubCase, ended).entries()) {
    expect(Math.abs(energy_kWh - (slow.energy_kWh[i] ?? 0))).toBeLessThan(0.01)
  }
})
