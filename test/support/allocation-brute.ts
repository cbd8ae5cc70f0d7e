import type { CabinetParameters } from '../../src/hub/plant/cabinet/index.ts'
import type { OutputCase, SharingCase } from './allocation-cases.ts'

/**
 * Tries out every way to hand out modules, independently of the product: own physics of modules, own reading of each matrix,
 * own comparison of answers.
 */
export type BruteAim = 'throughput' | 'fair' | 'level' | 'relative' | 'order'

/** Larger is better, compared from left to right. */
export function rate(aim: BruteAim, power_kW: readonly number[], outputs: readonly OutputCase[]): readonly number[] {
  const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b)
  if (aim === 'throughput') return [power_kW.reduce((sum, power) => sum + power, 0), ...sorted(power_kW)]
  if (aim === 'fair') return [power_kW.reduce((sum, power) => sum + Math.log(1 + power), 0)]
  if (aim === 'level') return sorted(power_kW)
  if (aim === 'relative') return sorted(power_kW.map((power, at) => power / (outputs[at]?.demand_kW ?? 1)))
  return power_kW
}

export function isBetter(one: readonly number[], other: readonly number[] | null): boolean {
  if (other === null) return true
  for (const [at, value] of one.entries()) {
    const difference = value - (other[at] ?? 0)
    if (Math.abs(difference) > 1e-7 * (1 + Math.abs(value))) return difference > 0
  }
  return false
}

/** One half or module of a cabinet: `give` says how much it adds to each output, `together` when its other half does too. */
interface Part {
  readonly module: number
  readonly alone_kW: readonly number[]
  readonly together_kW: readonly number[]
}

function partsOf({ cabinet, outputs }: SharingCase): readonly Part[] {
  return cabinet.modules.flatMap((_, module) => {
    const split = cabinet.matrix.kind !== 'ring' && cabinet.modules[module]?.halves?.separable === true
    const part: Part = {
      module,
      alone_kW: outputs.map(({ voltage_V }, output) => aloneOf(cabinet, module, output, voltage_V)),
      together_kW: outputs.map(({ voltage_V }, output) => togetherOf(cabinet, module, output, voltage_V)),
    }
    return split ? [part, part] : [part]
  })
}

function fullPower(cabinet: CabinetParameters, module: number, voltage_V: number): number {
  const own = cabinet.modules[module]
  if (!own || voltage_V < own.minVoltage_V || voltage_V > own.maxVoltage_V) return 0
  const current_A = own.halves && voltage_V > own.halves.up_V ? own.halves.seriesCurrent_A : own.maxCurrent_A
  return Math.min(own.power_kW, (voltage_V / 1000) * current_A)
}

function isSplit(cabinet: CabinetParameters, module: number): boolean {
  return cabinet.modules[module]?.halves?.separable === true
}

function reaches(cabinet: CabinetParameters, module: number, output: number): boolean {
  return cabinet.matrix.kind !== 'partial' || cabinet.matrix.reach[module]?.includes(output) === true
}

function aloneOf(cabinet: CabinetParameters, module: number, output: number, voltage_V: number): number {
  const power_kW = fullPower(cabinet, module, voltage_V)
  if (!reaches(cabinet, module, output)) return 0
  if (cabinet.matrix.kind === 'paired') {
    const group = output < cabinet.outputs.length / 2 ? 0 : 1
    return module % 2 === group ? power_kW : 0
  }
  if (!isSplit(cabinet, module)) return power_kW
  return voltage_V > (cabinet.modules[module]?.halves?.up_V ?? 0) ? 0 : power_kW / 2
}

function togetherOf(cabinet: CabinetParameters, module: number, output: number, voltage_V: number): number {
  if (!reaches(cabinet, module, output)) return 0
  return fullPower(cabinet, module, voltage_V) / (isSplit(cabinet, module) ? 2 : 1)
}

/** Whether each output's modules on a ring are one arc around its own. */
function isRingSound(homes: readonly number[], owner: readonly number[]): boolean {
  return homes.every((home, output) => {
    const count = owner.filter((one) => one === output).length
    if (owner[home] !== output) return false
    let arc = 1
    for (let far = 1; far < owner.length && owner[(home + far) % owner.length] === output; far++) arc++
    for (let far = 1; arc < count && owner[(home - far + owner.length) % owner.length] === output; far++) arc++
    return arc >= count
  })
}

function powersOf(brute: SharingCase, parts: readonly Part[], owner: readonly number[]): readonly number[] {
  return brute.outputs.map(({ demand_kW, voltage_V }, output) => {
    let supply_kW = 0
    for (const [at, part] of parts.entries()) {
      if (owner[at] !== output) continue
      const mate = mateOf(brute.cabinet, parts, at)
      supply_kW += (mate >= 0 && owner[mate] === output ? part.together_kW : part.alone_kW)[output] ?? 0
    }
    const limits = brute.cabinet.outputs[output]
    const most_kW = Math.min(limits?.maxPower_kW ?? 0, ((limits?.maxCurrent_A ?? 0) * voltage_V) / 1000)
    return Math.min(demand_kW, most_kW, supply_kW)
  })
}

function mateOf(cabinet: CabinetParameters, parts: readonly Part[], at: number): number {
  if (cabinet.matrix.kind === 'paired') return at % 2 === 0 ? at + 1 : at - 1
  return parts.findIndex(({ module }, other) => other !== at && module === parts[at]?.module)
}

/** Every answer that can be built, as the powers of outputs. */
export function everyAnswer(brute: SharingCase): readonly (readonly number[])[] {
  const parts = partsOf(brute)
  const { matrix } = brute.cabinet
  const seen = new Map<string, readonly number[]>()
  const owner: number[] = Array(parts.length).fill(-1)
  const tryFrom = (at: number): void => {
    if (at === parts.length) {
      if (matrix.kind === 'ring' && !isRingSound(matrix.homes, owner)) return
      const powers = powersOf(brute, parts, owner)
      seen.set(powers.join(), powers)
      return
    }
    for (let output = -1; output < brute.outputs.length; output++) {
      owner[at] = output
      tryFrom(at + 1)
    }
  }
  tryFrom(0)
  return [...seen.values()]
}

/** Rating of the best answer for an aim. */
export function best(aim: BruteAim, answers: readonly (readonly number[])[], outputs: readonly OutputCase[]) {
  let top: readonly number[] | null = null
  for (const powers of answers) {
    const rating = rate(aim, powers, outputs)
    if (isBetter(rating, top)) top = rating
  }
  return top ?? []
}

/** The most each output can have, cut to a budget in the best way for an aim. */
export function budgeted(
  aim: BruteAim,
  most_kW: readonly number[],
  outputs: readonly OutputCase[],
  budget_kW: number,
): readonly number[] {
  const total_kW = most_kW.reduce((sum, power) => sum + power, 0)
  if (total_kW <= budget_kW) return most_kW
  if (aim === 'order') {
    let left_kW = budget_kW
    return most_kW.map((power) => {
      const given_kW = Math.min(power, left_kW)
      left_kW -= given_kW
      return given_kW
    })
  }
  const at = (level: number) =>
    most_kW.map((power, output) =>
      Math.min(power, level * (aim === 'relative' ? (outputs[output]?.demand_kW ?? 1) : 1)),
    )
  let [low, high] = [0, Math.max(...most_kW) + 1]
  for (let halving = 0; halving < 100; halving++) {
    const level = (low + high) / 2
    if (at(level).reduce((sum, power) => sum + power, 0) <= budget_kW) low = level
    else high = level
  }
  return at(low)
}
