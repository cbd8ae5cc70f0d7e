import { allocationPolicies, type CabinetParameters, type MatrixParameters } from '../../plant/cabinet/index.ts'

export interface PlainCabinet {
  readonly modules_kW: readonly number[]
  readonly module_A: number
  readonly outputs: number
  readonly matrix?: MatrixParameters
}

/** A cabinet of plain modules, which give their power from power / current on. */
export function plainCabinet({
  modules_kW,
  module_A,
  outputs,
  matrix = { kind: 'full' },
}: PlainCabinet): CabinetParameters {
  const loss = { noLoad_frac: 0, linear_frac: 0, square_frac: 0, reference_V: null }
  const rest = { minVoltage_V: 150, maxVoltage_V: 1000, maxCurrent_A: module_A, halves: null, loss, derating: [] }
  return {
    modules: modules_kW.map((power_kW) => ({ power_kW, ...rest })),
    outputs: Array.from({ length: outputs }, () => ({
      maxCurrent_A: Number.POSITIVE_INFINITY,
      maxPower_kW: Number.POSITIVE_INFINITY,
    })),
    matrix,
    ...{ maxPower_kW: Number.POSITIVE_INFINITY, move_s: 2, policy: allocationPolicies['proportional-fair'] },
    ...{ derating: [], altitude: null, airRise_K: 0, busLoss_frac: 0, fans_frac: 0, standby_W: 0 },
  }
}
