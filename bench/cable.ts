/**
 * The cable: time of building its form at a current, of a step, of a look for the next crossing of a limit, and of the proof that it may be left
 * alone; and the bytes a step and a look leave on the heap.
 */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { CABLE_SLOTS, Cable, Ladder } from '../src/hub/plant/cable/index.ts'
import { airCable, ccsOil, mcs3000, v4Class } from '../test/support/cable-parameters.ts'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

function cpu_us(work: (round: number) => void, rounds: number): number {
  for (let round = 0; round < rounds / 10; round++) work(round)
  const before = process.cpuUsage()
  for (let round = 0; round < rounds; round++) work(round)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / rounds
}

function bytes(work: (round: number) => void, rounds: number): number {
  for (let round = 0; round < rounds; round++) work(round)
  collect()
  const before = process.memoryUsage().heapUsed
  for (let round = 0; round < rounds; round++) work(round)
  return (process.memoryUsage().heapUsed - before) / rounds
}

const cases = [
  ['uncooled 50 mm2, 300 A', airCable(50), 300],
  ['oil CCS, 500 A', ccsOil, 500],
  ['V4 class, 1000 A', v4Class, 1000],
  ['MCS, 3000 A', mcs3000, 3000],
] as const

const rows = cases.map(([name, parameters, current_A]) => {
  const cable = new Cable(parameters)
  const ladder = new Ladder(cable, 'parts')
  const states = new Float64Array(1000 * CABLE_SLOTS)
  for (let i = 0; i < 1000; i++) cable.reset(states, i * CABLE_SLOTS, 20 + (i % 50), 25)
  const at = (round: number) => (round % 1000) * CABLE_SLOTS
  const form = cable.form(current_A, 1, true)
  const step = (round: number) => form.step(states, at(round), 0.01)
  const look = (round: number) => cable.untilLimit_s(form, states, at(round), 600)
  const build = (round: number) => cable.exactForm(current_A * (0.5 + (round % 500) / 1000), 1, true)
  const alone = (round: number) => cable.staysBelow(form, 10, states, at(round))
  const asked = (round: number) => ladder.untilVerdict_s(form, states, at(round), 2)
  const rounded = (value: number) => Math.round(100 * value) / 100
  return {
    cable: name,
    build_us: rounded(cpu_us(build, 5000)),
    step_us: rounded(cpu_us(step, 200_000)),
    threeLimits_us: rounded(cpu_us(look, 100_000)),
    leftAlone_us: rounded(cpu_us(alone, 100_000)),
    ladder_us: rounded(cpu_us(asked, 100_000)),
    bytesPerStep: rounded(bytes(step, 200_000)),
    bytesPerLook: rounded(bytes(look, 200_000)),
  }
})
console.table(rows)
