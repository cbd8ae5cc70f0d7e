import { granuleCount, isSplit } from './grants.ts'
import type { CabinetParameters } from './parameters.ts'

/** What the matrix switches, laid out once: granules of modules, and which output each reaches alone or with its other half. */
export class Wiring {
  readonly granules: number
  readonly moduleOf: Int16Array
  /** Other half, or other module of a pair with a switch between them; -1: none. */
  readonly partner: Int16Array
  /** Granules of its module. */
  readonly parts: Uint8Array
  /** By granule, then output: 1 reaches it alone; 2 together with its partner only; 0 never. */
  readonly reach: Uint8Array

  constructor(cabinet: CabinetParameters) {
    this.granules = granuleCount(cabinet)
    this.moduleOf = Int16Array.from(
      cabinet.modules.flatMap((_, module) => (isSplit(cabinet, module) ? [module, module] : [module])),
    )
    this.parts = Uint8Array.from(this.moduleOf, (module) => (isSplit(cabinet, module) ? 2 : 1))
    this.partner = Int16Array.from(this.moduleOf, (_, granule) => this.#partnerOf(cabinet, granule))
    const { outputs } = cabinet
    this.reach = Uint8Array.from({ length: this.granules * outputs.length }, (_, at) =>
      reachOf(cabinet, this.moduleOf[Math.floor(at / outputs.length)] as number, at % outputs.length),
    )
  }

  #partnerOf(cabinet: CabinetParameters, granule: number): number {
    if (cabinet.matrix.kind === 'paired') {
      const other = granule % 2 === 0 ? granule + 1 : granule - 1
      return other < this.granules ? other : -1
    }
    if (this.parts[granule] === 1) return -1
    return this.moduleOf[granule + 1] === this.moduleOf[granule] ? granule + 1 : granule - 1
  }
}

function reachOf({ matrix, outputs }: CabinetParameters, module: number, output: number): number {
  if (matrix.kind === 'partial') return matrix.reach[module]?.includes(output) ? 1 : 0
  if (matrix.kind !== 'paired') return 1
  const isFirstHalf = output < outputs.length / 2
  return isFirstHalf === (module % 2 === 0) ? 1 : 2
}
