import { type Code, formatNumber, type Language, type Parameters, say } from '../../../base/words/index.ts'
import type { Catalogue } from '../../../hub/standards/index.ts'
import { textTable } from '../simulation/text-table.ts'
import type { CabinetAnswer, OutputAnswer } from './cabinet-answer.ts'

/** Says an answer about a cabinet for people to read on a screen. */
class CabinetWriter {
  readonly #answer: CabinetAnswer
  readonly #catalogue: Catalogue
  readonly #language: Language

  constructor(answer: CabinetAnswer, catalogue: Catalogue, language: Language) {
    this.#answer = answer
    this.#catalogue = catalogue
    this.#language = language
  }

  write(): string {
    const { name, id } = this.#answer
    return [
      `${name} (${id})\n${this.#made()}\n${this.#asked()}`,
      this.#table(),
      this.#totals().join('\n'),
      [this.#say('component.cabinet.feasible'), ...this.#feasible()].join('\n'),
      [this.#say('component.cable.confidence'), ...this.#confidence()].join('\n'),
      [this.#say('component.cable.sources'), ...this.#sources()].join('\n'),
    ].join('\n\n')
  }

  #say(code: Code, params: Parameters = {}): string {
    return say(code, params, this.#language)
  }

  #number(value: number, digits = 1): string {
    return formatNumber(value, this.#language, digits)
  }

  #joined(parts: readonly string[]): string {
    return parts.reduce((before, part) => this.#say('component.cable.and', { before, part }))
  }

  #made(): string {
    const { modules, module_kW, matrix, outlets, failed } = this.#answer
    const made = this.#say(module_kW === null ? 'component.cabinet.madeMixed' : 'component.cabinet.made', {
      ...{ modules, module_kW, outlets },
      matrix: this.#say(`component.matrix.${matrix}`),
    })
    return failed === 0 ? made : this.#joined([made, this.#say('component.cabinet.failed', { failed })])
  }

  #asked(): string {
    const { ambient_degC, altitude_m, available_kW, policy } = this.#answer
    const around = this.#say('component.cabinet.around', { ambient_degC, altitude_m, available_kW })
    return policy === null ? around : this.#joined([around, this.#say('component.cabinet.policy', { policy })])
  }

  #table(): string {
    const head = (['output', 'car', 'gets', 'modules', 'because'] as const).map((column) =>
      this.#say(`component.cabinet.column.${column}`),
    )
    const rows = this.#answer.outputs.map((output) => this.#row(output))
    return textTable(['right', 'left', 'right', 'left', 'left'], [head, ...rows])
  }

  #row({ output, voltage_V, asked_kW, priority, power_kW, modules, boundBy }: OutputAnswer): readonly string[] {
    const car = this.#say('component.cabinet.car', { voltage_V, power_kW: asked_kW })
    const first = this.#say('component.cabinet.priority', { priority })
    return [
      `${output}`,
      priority === 0 ? car : this.#joined([car, first]),
      this.#say('component.unit.kW', { value: this.#number(power_kW) }),
      ranges(modules),
      this.#say(boundBy),
    ]
  }

  #totals(): readonly string[] {
    const { power_kW, losses, efficiency_frac, idle, matrix, method, isProven } = this.#answer
    const { modules_kW, bus_kW, fans_kW, standby_kW } = losses
    const lost_kW = modules_kW + bus_kW + fans_kW + standby_kW
    const rounded = Object.fromEntries(
      Object.entries({ power_kW, lost_kW, modules_kW, bus_kW, fans_kW, standby_kW }).map(([name, value]) => {
        return [name, this.#number(value, 2)]
      }),
    )
    const efficiency = efficiency_frac === null ? '-' : `${this.#number(100 * efficiency_frac)} %`
    const idleModules = idle.length === 0 ? [] : [this.#say('component.cabinet.idle', { modules: ranges(idle) })]
    const how = this.#say(isProven ? 'component.cabinet.proven' : 'component.cabinet.notProven', {
      method: this.#say(`component.method.${method}`),
    })
    return [
      this.#say('component.cabinet.power', rounded),
      this.#say('component.cabinet.losses', { ...rounded, efficiency }),
      ...(matrix === 'bus' ? [] : idleModules),
      how,
    ]
  }

  #feasible(): readonly string[] {
    const { feasible, outputs } = this.#answer
    const alone = outputs.map(({ output }) => {
      const { most_kW = 0, step_kW = 0 } = feasible.outputs[output - 1] ?? {}
      const steps = step_kW === 0 ? 'component.cabinet.alone' : 'component.cabinet.aloneSteps'
      return `  ${this.#say(steps, { output, most_kW, step_kW })}`
    })
    const together = feasible.together.map(({ outputs: members, most_kW }) => {
      return `  ${this.#say('component.cabinet.together', { outputs: members.map((output) => output + 1), most_kW })}`
    })
    return [...alone, ...together]
  }

  #confidence(): readonly string[] {
    const { confidence, assumed, rule } = this.#answer
    const values = `${this.#say('component.cable.confidence.values')}: ${this.#say(`match.confidence.${confidence}`)}`
    const classed = `${this.#say('component.cable.assumed')}: ${assumed.join(', ')}`
    return [
      `  ${values}`,
      ...(rule === null ? [] : [`  ${this.#say(rule.code, rule.params)}`]),
      ...(assumed.length === 0 ? [] : [`  ${classed}`]),
    ]
  }

  #sources(): readonly string[] {
    return this.#answer.sources.map((id) => `  - ${this.#catalogue.sources.get(id) ?? id}`)
  }
}

/** Neighbouring modules as one: 1-3, 5, 6a. */
export function ranges(names: readonly string[]): string {
  const parts: string[] = []
  let [first, last] = [Number.NaN, Number.NaN]
  const close = () => {
    if (!Number.isNaN(first)) parts.push(first === last ? `${first}` : `${first}-${last}`)
    first = Number.NaN
  }
  for (const name of names) {
    const module = Number(name)
    if (!Number.isNaN(module) && module === last + 1 && !Number.isNaN(first)) last = module
    else {
      close()
      if (Number.isNaN(module)) parts.push(name)
      else [first, last] = [module, module]
    }
  }
  close()
  return parts.join(', ')
}

export function asText(answer: CabinetAnswer, catalogue: Catalogue, language: Language): string {
  return new CabinetWriter(answer, catalogue, language).write()
}
