import {
  type AllocationPolicy,
  CabinetAllocator,
  type CabinetGrants,
  type CabinetRequests,
  createGrants,
  createRequests,
} from '../../src/hub/plant/cabinet/index.ts'
import type { SharingCase } from './allocation-cases.ts'

/** Shares a case once, from a cabinet with all modules idle, all outputs in order of arrival. */
export function shareOnce(
  { cabinet, outputs }: SharingCase,
  policy: AllocationPolicy,
  { nodeLimit = 1e7, change = () => {} }: { nodeLimit?: number; change?: (faced: CabinetRequests) => void } = {},
): CabinetGrants {
  const allocator = new CabinetAllocator(cabinet, { policy, nodeLimit })
  const state = new Float64Array(allocator.stateLength)
  const faced = createRequests(cabinet)
  const granted = createGrants(cabinet)
  for (const [output, { demand_kW, voltage_V }] of outputs.entries()) {
    faced.demand_kW[output] = demand_kW
    faced.voltage_V[output] = voltage_V
    faced.arrived_s[output] = output
  }
  change(faced)
  allocator.start(state, 0)
  allocator.allocate(state, 0, faced, granted)
  return granted
}
