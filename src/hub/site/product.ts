import type { Draft } from '../../base/documents/index.ts'
import type { Charger, Outlet } from '../standards/schema/index.ts'
import type { AccessInput, Overrides } from './schema/index.ts'

export type ProductEvse = Charger['evses'][number]
type OutletLimits = Draft<Overrides[string]>

/** Whether a product is a cabinet that feeds posts, rather than a post. */
export function isCabinetProduct({ kind }: Charger): boolean {
  return kind === 'cabinet' || kind === 'cabinet+posts' || kind === 'cabinet+dispensers'
}

/** How many EVSEs a product has; null where the catalogue does not know. A bare cabinet has none. */
export function evseCount(product: Charger): number | null {
  if (product.kind === 'cabinet') return 0
  return product.evses.reduce<number | null>(
    (sum, { count }) => (sum === null || count === null ? null : sum + count),
    0,
  )
}

/** The first `wanted` EVSEs of a product, equal ones as one object; a kind of unknown count gives as many as are wanted. */
export function takeEvses(product: Charger, wanted: number): readonly ProductEvse[] {
  return product.evses
    .flatMap((evse) => {
      const single = { ...evse, count: 1 }
      return Array.from({ length: evse.count ?? wanted }, () => single)
    })
    .slice(0, wanted)
}

/** A plug with what the site file states otherwise. */
export function overrideOutlet(outlet: Outlet, limits: OutletLimits | undefined): Outlet {
  const stated = Object.entries(limits ?? {}).filter(([, value]) => value !== undefined)
  return { ...outlet, ...(Object.fromEntries(stated) as Partial<Outlet>) }
}

/** Whether anything bounds the power of a plug; without that a simulation would be made up. */
export function hasLimit({ maxPower_kW, maxVoltage_V, maxCurrent_A }: Outlet): boolean {
  return maxPower_kW !== null || (maxVoltage_V !== null && maxCurrent_A !== null)
}

/** Access as a catalogue record states it. */
export function accessRule({ type, brands, from }: AccessInput): Charger['access'] {
  return { type, brands, from: from ?? null, markets: null, exceptions: [], notes: '' }
}
