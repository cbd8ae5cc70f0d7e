/** What an insulation resistance means for charging. */
export type InsulationVerdict = 'ok' | 'warning' | 'fault'

/**
 * A rule of a standard. `perVolt`: limits in ohm for each volt of the output, `inclusive` where the limit itself
 * already counts. `fixed`: one limit in ohm, no warning.
 */
export type InsulationRule =
  | {
      readonly kind: 'perVolt'
      readonly fault_ohm: number
      readonly warning_ohm: number
      readonly inclusive: boolean
    }
  | { readonly kind: 'fixed'; readonly fault_ohm: number }

export type InsulationRuleName = 'gbt2015' | 'iec2014' | 'iec2023'

/**
 * A fault stops charging or keeps it from starting; a warning allows it.
 * - gbt2015: at or below 100 ohm/V a fault, up to 500 ohm/V a warning (GB/T 34657.1-2017 table, second hand)
 * - iec2014: below 100 and 500 ohm/V (IEC 61851-23:2014, excerpt)
 * - iec2023: below 100 kohm a fault, no warning any more (IEC 61851-23:2023 as EVerest has it)
 */
export const insulationRules: Readonly<Record<InsulationRuleName, InsulationRule>> = {
  gbt2015: { kind: 'perVolt', fault_ohm: 100, warning_ohm: 500, inclusive: true },
  iec2014: { kind: 'perVolt', fault_ohm: 100, warning_ohm: 500, inclusive: false },
  iec2023: { kind: 'fixed', fault_ohm: 100_000 },
}

/** Judges the resistance of the weaker pole to earth at the voltage of the output. */
export function insulationVerdict(rule: InsulationRule, resistance_ohm: number, voltage_V: number): InsulationVerdict {
  if (rule.kind === 'fixed') return resistance_ohm < rule.fault_ohm ? 'fault' : 'ok'
  const counts = (limit_ohm: number): boolean => {
    const limit = limit_ohm * voltage_V
    return rule.inclusive ? resistance_ohm <= limit : resistance_ohm < limit
  }
  if (counts(rule.fault_ohm)) return 'fault'
  return counts(rule.warning_ohm) ? 'warning' : 'ok'
}

/** Highest resistance that is a fault, ohm. */
export function faultLimit_ohm(rule: InsulationRule, voltage_V: number): number {
  return rule.kind === 'fixed' ? rule.fault_ohm : rule.fault_ohm * voltage_V
}

/** Resistances to earth side by side: of a cable, an inlet, a pack. */
export function parallel_ohm(resistances_ohm: readonly number[]): number {
  return 1 / resistances_ohm.reduce((sum, resistance_ohm) => sum + 1 / resistance_ohm, 0)
}
