import type { Problem } from '../../../base/problems/index.ts'
import { SECONDS_PER_DAY, SECONDS_PER_HOUR, SECONDS_PER_MINUTE } from '../../../base/units/index.ts'
import type { Site } from '../../../hub/site/index.ts'
import type { AskedFault, SoundFault } from '../../../study/simulate/faults/index.ts'
import type { OptionReader } from '../options.ts'
import { usageProblem } from '../print.ts'

const NAME = '--fault'
const units: Readonly<Record<string, number>> = {
  s: 1,
  min: SECONDS_PER_MINUTE,
  h: SECONDS_PER_HOUR,
  d: SECONDS_PER_DAY,
}
const form = /^([^@]+)@([^@]+?):([^:,@]+)((?:,[^,]*)*)$/

/** `2h`, `30min`, `90s`, `0.5d`; null for anything else. */
function seconds(text: string): number | null {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(s|min|h|d)$/.exec(text.trim()) ?? []
  const factor = units[unit]
  return amount === undefined || factor === undefined ? null : Number(amount) * factor
}

/** Reads the texts of `--fault` one by one and gathers what is wrong with them. */
class FaultReader {
  readonly problems: Problem[] = []

  read(text: string): AskedFault | null {
    const parts = form.exec(text)
    if (!parts) {
      this.#wrong({ code: 'fault.form', params: { text } }, { code: 'fault.fix.form', params: {} })
      return null
    }
    const [, mode = '', part = '', start = '', rest = ''] = parts
    const before = this.problems.length
    const at_s = this.#time(start)
    const stated = this.#stated(rest)
    if (at_s === null || this.problems.length > before) return null
    return { mode: mode.trim(), part: part.trim(), at_s, ...stated }
  }

  #stated(rest: string): Pick<AskedFault, 'lasts_s' | 'severity_frac' | 'modules'> {
    const found = {
      lasts_s: null as number | null,
      severity_frac: null as number | null,
      modules: null as number | null,
    }
    for (const word of rest.split(',').slice(1)) {
      const [key = '', value = ''] = word.split('=').map((piece) => piece.trim())
      if (key === 'lasts') found.lasts_s = this.#duration(value)
      else if (key === 'severity') found.severity_frac = this.#severity(value)
      else if (key === 'modules') found.modules = this.#modules(value)
      else this.#wrong({ code: 'fault.unknownKey', params: { key: word } }, { code: 'fault.fix.form', params: {} })
    }
    return found
  }

  #time(text: string): number | null {
    const time_s = seconds(text)
    if (time_s === null) this.#wrong({ code: 'fault.time', params: { text } }, { code: 'fault.fix.time', params: {} })
    return time_s
  }

  #duration(text: string): number | null {
    const time_s = this.#time(text)
    if (time_s === 0) this.#wrong({ code: 'fault.time', params: { text } }, { code: 'fault.fix.time', params: {} })
    return time_s
  }

  #severity(text: string): number | null {
    const value = Number(text)
    if (text !== '' && value > 0 && value <= 1) return value
    this.#wrong({ code: 'fault.severity', params: { text } })
    return null
  }

  #modules(text: string): number | null {
    if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
    this.#wrong({ code: 'fault.modules', params: { text } })
    return null
  }

  #wrong(...[reason, fix]: Parameters<typeof usageProblem>): void {
    this.problems.push(usageProblem(reason, fix))
  }
}

/** Faults asked for with `--fault`, in their order. */
export function readFaults(read: OptionReader): readonly AskedFault[] {
  const reader = new FaultReader()
  const faults = read.list(NAME).flatMap((text) => reader.read(text) ?? [])
  read.problems.push(...reader.problems)
  return faults
}

/** The same as typed. */
export function faultArguments(read: OptionReader): string[] {
  return read.list(NAME).map((text) => `${NAME} ${text}`)
}

export interface FaultsOfSite {
  readonly faults: readonly SoundFault[]
  readonly problems: readonly Problem[]
}

/** Those of the site file and those asked for, against the parts of the site; loads physics only where there are any. */
export async function faultsOfSite(
  asked: readonly AskedFault[],
  site: Site,
  duration_s = Number.POSITIVE_INFINITY,
): Promise<FaultsOfSite> {
  if (asked.length === 0 && site.faults.length === 0) return { faults: [], problems: [] }
  const { askedOfSite, checkFaults } = await import('../../../study/simulate/faults/index.ts')
  return checkFaults(site, [...askedOfSite(site), ...asked], duration_s)
}
