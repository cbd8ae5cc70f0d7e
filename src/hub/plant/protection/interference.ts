import type { EmiFilterParameters, InsulationMonitorParameters } from './parameters.ts'

/** Y capacitance of modules that work in parallel, F: filters add up. */
export function yCapacitance_F(filter: EmiFilterParameters, modules: number): number {
  return filter.yCapacitance_F * modules
}

/** Most modules on one output before its monitor loses its times; `rest_F` is what cable and vehicle bring. */
export function modulesWithin(
  filter: EmiFilterParameters,
  monitor: InsulationMonitorParameters,
  rest_F: number,
): number {
  if (filter.yCapacitance_F === 0) return Number.POSITIVE_INFINITY
  return Math.max(0, Math.floor((monitor.maxLeakage_F - rest_F) / filter.yCapacitance_F + 1e-9))
}

/** Share of messages lost while modules give a share of their power: interference grows with the current switched. */
export function messageLoss(filter: EmiFilterParameters, load_frac: number): number {
  return filter.messageLoss_frac * load_frac
}

/** A message that is sent again and again, and how long its receiver waits for one. */
export interface CyclicMessage {
  readonly cycle_s: number
  readonly timeout_s: number
}

/**
 * Mean time until a receiver gives up, s, when each message is lost by itself with the same chance: so many in a row as
 * fit into its timeout. Mean wait for a run of n losses: (p^-n - 1) / (1 - p) messages.
 */
export function meanTimeToTimeout_s({ cycle_s, timeout_s }: CyclicMessage, lost: number): number {
  const run = Math.max(1, Math.ceil(timeout_s / cycle_s))
  if (lost <= 0) return Number.POSITIVE_INFINITY
  if (lost >= 1) return run * cycle_s
  return ((lost ** -run - 1) / (1 - lost)) * cycle_s
}

/**
 * Messages whose loss ends a session, by protocol family: cycle and timeout (GB/T 27930-2015; CHAdeMO; ISO 15118-2 and
 * DIN).
 */
export const watchedMessages = {
  gbtDemand: { cycle_s: 0.05, timeout_s: 1 },
  gbtStatus: { cycle_s: 0.25, timeout_s: 5 },
  chademo: { cycle_s: 0.1, timeout_s: 1 },
  ccsDemand: { cycle_s: 0.25, timeout_s: 60 },
} satisfies Readonly<Record<string, CyclicMessage>>
