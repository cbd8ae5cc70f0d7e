import type { Problem } from '../../../base/problems/index.ts'
import type { OptionReader } from '../options.ts'
import { usageProblem } from '../print.ts'

const wholeNumbers = ['evse', 'connector', 'reservation', 'limit']

/** What the user typed after the name of an action, by the names the action gives it; options beside it. */
export class Words {
  readonly problems: Problem[] = []
  readonly #byName = new Map<string, string>()
  readonly #options: OptionReader

  constructor(takes: string, given: readonly string[], options: OptionReader) {
    this.#options = options
    const names = takes.match(/[<[]\w+[>\]]/g) ?? []
    for (const [index, name] of names.entries()) this.#take(name, given[index])
    const [extra] = given.slice(names.length)
    if (extra !== undefined) this.problems.push(usageProblem({ code: 'ctl.extraWord', params: { word: extra, takes } }))
    this.#check('from')
    this.#check('until')
  }

  text(name: string): string | null {
    return this.#byName.get(name) ?? null
  }

  /** Only for names the action needs: that they are there was checked. */
  needed(name: string): string {
    return this.#byName.get(name) ?? ''
  }

  number(name: string): number | null {
    const text = this.#byName.get(name) ?? this.#options.text(`--${name}`)
    return text === undefined ? null : Number(text)
  }

  flag(name: string): boolean {
    return this.#options.flag(`--${name}`)
  }

  /** A moment, from a word or an option of that name; null: none was given. */
  moment(name: string): number | null {
    const text = this.#byName.get(name) ?? this.#options.text(`--${name}`)
    return text === undefined ? null : Date.parse(text)
  }

  #take(bracketed: string, given: string | undefined): void {
    const name = bracketed.slice(1, -1)
    if (given === undefined) {
      if (bracketed.startsWith('<')) this.problems.push(usageProblem({ code: 'ctl.missingWord', params: { name } }))
      return
    }
    this.#byName.set(name, given)
    const isNumber = /^\d+(\.\d+)?$/.test(given) && (name === 'kW' || Number.isSafeInteger(Number(given)))
    if ((name === 'kW' || wholeNumbers.includes(name)) && !isNumber) {
      this.problems.push(usageProblem({ code: 'ctl.notANumber', params: { name, text: given } }))
    }
  }

  #check(name: string): void {
    const text = this.#byName.get(name) ?? this.#options.text(`--${name}`)
    if (text === undefined) return
    // Without a zone it would be the machine's, not the site's.
    const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)
    if (!isWhole || Number.isNaN(Date.parse(text))) {
      this.problems.push(usageProblem({ code: 'ctl.notAMoment', params: { name, text } }))
    }
  }
}
