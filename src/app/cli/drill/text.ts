import { type Code, formatNumber, type Language, say } from '../../../base/words/index.ts'
import type { DrillPage } from '../../../study/report/drill/index.ts'
import {
  type CabinetDrill,
  type DrilledCabinet,
  type DrilledPlug,
  type WorstOf,
  worstByMode,
} from '../../../study/simulate/drill/index.ts'
import { type Align, textTable } from '../simulation/text-table.ts'

const plugHeads: readonly Code[] = [
  ...(['drill.fault', 'drill.told', 'drill.seenBy', 'drill.reaction', 'drill.rest', 'drill.within'] as const),
  ...(['drill.hottest', 'drill.excess', 'drill.lost', 'drill.broken'] as const),
]
const plugAligns: readonly Align[] = [
  ...(['left', 'right', 'left', 'left', 'right', 'right', 'right', 'right', 'right', 'right'] as const),
]
const cabinetHeads: readonly Code[] = [
  ...(['drill.modules', 'drill.voltage', 'drill.load', 'drill.before', 'drill.atOnce'] as const),
  ...(['drill.after', 'drill.could', 'drill.settled'] as const),
]

class DrillText {
  readonly #language: Language

  constructor(language: Language) {
    this.#language = language
  }

  plug(plug: DrilledPlug): string {
    const { connectors, cable, fullLoad_A, rows } = plug
    const params = { cable, current: Math.round(fullLoad_A), connectors: [...connectors] }
    const heads = plugHeads.map((code) => this.#say(code))
    return [
      this.#say('drill.plug', params),
      textTable(plugAligns, [heads, ...worstByMode(rows).map((row) => this.#plugRow(row))]),
    ].join('\n')
  }

  cabinet({ cabinets, rows }: DrilledCabinet): string {
    const heads = cabinetHeads.map((code) => this.#say(code))
    const lines = rows.map((row) => this.#cabinetRow(row))
    return [
      this.#say('drill.cabinet', { cabinets: [...cabinets] }),
      textTable(
        heads.map((): Align => 'right'),
        [heads, ...lines],
      ),
    ].join('\n')
  }

  healthy(page: DrillPage): string {
    return page.healthy ? this.#say('drill.healthy', { ...page.healthy }) : this.#say('drill.noDemand')
  }

  verdict({ broken, cases }: DrillPage): string {
    return this.#say(broken === 0 ? 'drill.held' : 'drill.failed', { broken, cases })
  }

  #plugRow(row: WorstOf): string[] {
    return [
      this.#say(`fault.mode.${row.mode}`),
      this.#number(row.detected_s, 2),
      this.#say(`fault.seenBy.${row.seenBy}`),
      this.#say(`fault.reaction.${row.reaction}`),
      this.#number(row.rest_s, 2),
      this.#number(row.restWithin_s, 2),
      this.#number(row.highest_degC, 1),
      this.#number(row.excess_K, 1),
      this.#number(row.energyLost_kWh, 1),
      this.#number(row.broken, 0),
    ]
  }

  #cabinetRow(row: CabinetDrill): string[] {
    const { modules, voltage_V, load_frac, before_kW, atOnce_kW, after_kW, could_kW, settled_s } = row
    const values = [modules, voltage_V, load_frac, before_kW, atOnce_kW, after_kW, could_kW, settled_s]
    return values.map((value) => this.#number(value, 1))
  }

  #say(code: Code, params: Parameters<typeof say>[1] = {}): string {
    return say(code, params, this.#language)
  }

  #number(value: number | null, digits: number): string {
    return value === null || !Number.isFinite(value) ? '–' : formatNumber(value, this.#language, digits)
  }
}

/** A drill for people to read on a screen: the worst of each mode; JSON has every case. */
export function drillText(page: DrillPage, language: Language): string {
  const text = new DrillText(language)
  return [
    ...page.plugs.map((plug) => text.plug(plug)),
    ...page.cabinets.map((cabinet) => text.cabinet(cabinet)),
    [text.healthy(page), text.verdict(page)].join('\n'),
  ].join('\n\n')
}
