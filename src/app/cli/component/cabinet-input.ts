import {
  type AllocationPolicyName,
  allocationPolicies,
  type CabinetParameters,
} from '../../../hub/plant/cabinet/index.ts'
import type { OptionReader } from '../options.ts'
import { usageProblem } from '../print.ts'

const AMBIENT_degC = { min: -60, max: 80 }
const ALTITUDE_m = { min: 0, max: 6000 }
const USUAL_AMBIENT_degC = 25
const MAX_VOLTAGE_V = 2000
const MAX_POWER_kW = 10_000

/** A car at an output, in the order of arrival. */
export interface CarAsked {
  readonly output: number
  readonly voltage_V: number
  readonly power_kW: number
  readonly priority: number
}

export interface CabinetQuestion {
  readonly cars: readonly CarAsked[]
  /** Null: that of the cabinet. */
  readonly policy: AllocationPolicyName | null
  readonly ambient_degC: number
  readonly altitude_m: number
  readonly failed: number
}

const names = Object.keys(allocationPolicies) as AllocationPolicyName[]
const form = /^(\d+(?:\.\d+)?)\s*V\s*:\s*(\d+(?:\.\d+)?)\s*kW(?:@p(\d{1,3}))?$/i

/** `400V:150kW`, with `@p2` for a priority; `-` leaves an output free. */
function readCars(read: OptionReader): readonly CarAsked[] {
  const text = read.text('--cars')
  if (text === undefined) {
    read.problems.push(usageProblem({ code: 'component.problem.carsMissing', params: {} }, carsForm))
    return []
  }
  return text.split(',').flatMap((part, output) => readCar(read, part.trim(), output))
}

const carsForm = { code: 'component.fix.carsForm', params: {} } as const

function readCar(read: OptionReader, text: string, output: number): readonly CarAsked[] {
  if (text === '-') return []
  const [, voltage, power, priority = '0'] = form.exec(text) ?? []
  const [voltage_V, power_kW] = [Number(voltage), Number(power)]
  const isSound = voltage_V > 0 && voltage_V <= MAX_VOLTAGE_V && power_kW > 0 && power_kW <= MAX_POWER_kW
  if (isSound) return [{ output, voltage_V, power_kW, priority: Number(priority) }]
  read.problems.push(usageProblem({ code: 'component.problem.car', params: { text } }, carsForm))
  return []
}

/** What is asked, with what is wrong with it left in the reader. */
export function readQuestion(read: OptionReader): CabinetQuestion {
  return {
    cars: readCars(read),
    policy: read.oneOf('--policy', names) ?? null,
    ambient_degC: read.number('--ambient', AMBIENT_degC) ?? USUAL_AMBIENT_degC,
    altitude_m: read.number('--altitude', ALTITUDE_m) ?? 0,
    failed: read.integer('--failed', { min: 0 }) ?? 0,
  }
}

/** What does not go with this cabinet: too many cars or failures, a voltage none of its modules gives. */
export function checkQuestion(
  read: OptionReader,
  { modules, outputs }: CabinetParameters,
  question: CabinetQuestion,
): void {
  const say = (code: 'outputs' | 'failed' | 'voltage', params: Readonly<Record<string, number>>) =>
    read.problems.push(usageProblem({ code: `component.problem.cabinet.${code}`, params }))
  const last = Math.max(0, ...question.cars.map(({ output }) => output + 1))
  if (last > outputs.length) say('outputs', { cars: last, outputs: outputs.length })
  if (question.failed > modules.length) say('failed', { failed: question.failed, modules: modules.length })
  const min_V = Math.min(...modules.map(({ minVoltage_V }) => minVoltage_V))
  const max_V = Math.max(...modules.map(({ maxVoltage_V }) => maxVoltage_V))
  for (const { voltage_V } of question.cars) {
    const isGiven = modules.some(
      ({ minVoltage_V, maxVoltage_V }) => voltage_V >= minVoltage_V && voltage_V <= maxVoltage_V,
    )
    if (!isGiven) say('voltage', { voltage_V, min_V, max_V })
  }
}
