import type { CabinetParameters } from './parameters.ts'
import type { SharingMethod } from './sharing/sharing.ts'

/** What a cabinet gives from now on. Made once, filled by each allocation; arrays are by output unless said. */
export interface CabinetGrants {
  readonly power_kW: Float64Array
  /** What its granules can give now; those on their way do not count yet. */
  readonly supply_kW: Float64Array
  /** Granules that work for it or are on their way, without those asleep. */
  readonly granules: Int32Array
  /** Index into `sharingReasons`. */
  readonly boundBy: Uint8Array
  /** Once less than this is asked for, one granule of the output can be spared; 0: none can. */
  readonly spareBelow_kW: Float64Array
  /** More than this asked for needs another granule; Infinity where it has less than it asks for anyway. */
  readonly wantsAbove_kW: Float64Array
  /** 1: its modules have their halves in series. */
  readonly inSeries: Uint8Array
  /** By granule: output it is connected to, -1: none. */
  readonly output: Int16Array
  /** By granule: 1 while its output needs it, 0 asleep or idle. */
  readonly awake: Uint8Array
  /** Granules that began to move now: so many contactors closed. */
  moves: number
  method: SharingMethod
  /** Whether the sharing is proven best under the policy; else it is a good one (see `BranchSharing`, `Sharing`). */
  isProven: boolean
}

export function createGrants(cabinet: CabinetParameters): CabinetGrants {
  const outputs = cabinet.outputs.length
  const granules = granuleCount(cabinet)
  return {
    power_kW: new Float64Array(outputs),
    supply_kW: new Float64Array(outputs),
    granules: new Int32Array(outputs),
    boundBy: new Uint8Array(outputs),
    spareBelow_kW: new Float64Array(outputs),
    wantsAbove_kW: new Float64Array(outputs),
    inSeries: new Uint8Array(outputs),
    output: new Int16Array(granules).fill(-1),
    awake: new Uint8Array(granules),
    moves: 0,
    method: 'counts',
    isProven: true,
  }
}

/** Whether a module is switched as two halves in this cabinet. */
export function isSplit(cabinet: CabinetParameters, module: number): boolean {
  const { kind } = cabinet.matrix
  return (kind === 'full' || kind === 'partial') && cabinet.modules[module]?.halves?.separable === true
}

export function granuleCount(cabinet: CabinetParameters): number {
  return cabinet.modules.reduce((sum, _, module) => sum + (isSplit(cabinet, module) ? 2 : 1), 0)
}
