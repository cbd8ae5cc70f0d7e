import type { FaultModeName, ReactionKind, Witness } from '../../../hub/plant/device/index.ts'
import type { PlugDrill } from './plug-drill.ts'

/** One mode over all onsets, severities and loads: the worst of each. */
export interface WorstOf {
  readonly mode: FaultModeName
  readonly cases: number
  /** Cases in which nobody noticed. */
  readonly unseen: number
  /** Slowest of those in which somebody did; null: nobody ever did. */
  readonly detected_s: number | null
  readonly seenBy: Witness
  readonly reaction: ReactionKind
  /** Slowest rest and the least that is allowed for it; null: the current went on, or nothing asks for rest. */
  readonly rest_s: number | null
  readonly restWithin_s: number | null
  readonly highest_degC: number
  readonly excess_K: number
  readonly energyLost_kWh: number
  readonly broken: number
}

function worst(
  rows: readonly PlugDrill[],
  of: (row: PlugDrill) => number | null,
  pick: typeof Math.max,
): number | null {
  const values = rows.flatMap((row) => of(row) ?? [])
  return values.length > 0 ? pick(...values) : null
}

function summaryOf(mode: FaultModeName, rows: readonly PlugDrill[]): WorstOf {
  const noticed = rows.filter(({ detected_s }) => detected_s !== null)
  const [first] = noticed.toSorted((a, b) => (b.detected_s ?? 0) - (a.detected_s ?? 0))
  return {
    mode,
    cases: rows.length,
    unseen: rows.length - noticed.length,
    detected_s: first?.detected_s ?? null,
    seenBy: first?.seenBy ?? 'none',
    reaction: first?.reaction ?? 'none',
    rest_s: worst(rows, ({ rest_s }) => rest_s, Math.max),
    restWithin_s: worst(rows, ({ restWithin_s }) => restWithin_s, Math.min),
    highest_degC: Math.max(...rows.map(({ highest_degC }) => highest_degC)),
    excess_K: Math.max(...rows.map(({ excess_K }) => excess_K)),
    energyLost_kWh: Math.max(...rows.map(({ energyLost_kWh }) => energyLost_kWh)),
    broken: rows.filter(({ broken }) => broken.length > 0).length,
  }
}

/** The worst of each mode, in the order of the modes. */
export function worstByMode(rows: readonly PlugDrill[]): readonly WorstOf[] {
  const modes = [...new Set(rows.map(({ mode }) => mode))]
  return modes.map((mode) =>
    summaryOf(
      mode,
      rows.filter((row) => row.mode === mode),
    ),
  )
}
