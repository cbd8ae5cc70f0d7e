import type { CompiledHub } from '../../hub/plant/compile/index.ts'
import type { Store } from '../../io/store/index.ts'
import type { Clock } from '../../live/clock/index.ts'
import type { Operation } from '../../live/operate/index.ts'
import type { ControlFace } from './hub-face.ts'

export interface ControlParts {
  readonly hub: CompiledHub
  readonly operation: Operation
  readonly store: Store
  readonly clock: Clock
  readonly failed: (error: unknown, where: string) => void
}

/** Lets the site controller run the hub. */
export async function startControl({ hub }: ControlParts): Promise<ControlFace & { stop(): void }> {
  return {
    siteLimit_kW: hub.site.grid.import_kW,
    limitOf: () => null,
    explain: () => [],
    setSiteLimit: () => Promise.resolve(null),
    stop: () => {},
  }
}
