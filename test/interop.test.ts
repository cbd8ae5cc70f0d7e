import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { builtInCatalogue, type LimitSource, type Market, match, prepareMatch } from '../src/hub/standards/index.ts'

/** A published outcome; `limit` is among the limits within 5 % of the tightest, `power_kW` holds to 12 %. */
interface InteropCase {
  readonly id: string
  readonly vehicle: string
  readonly post: string
  readonly adapters: readonly string[]
  readonly options?: readonly string[]
  readonly market?: Market
  readonly date?: string
  readonly ambient_degC?: number
  readonly fit: 'yes' | 'limited' | 'no'
  readonly power_kW: number | null
  readonly limit: LimitSource | null
  readonly source: string
}

const POWER_TOLERANCE_frac = 0.12
const NEAR_frac = 0.05

const path = new URL('fixtures/interop-cases.json', import.meta.url)
const cases = JSON.parse(readFileSync(path, 'utf8')) as readonly InteropCase[]
const catalogue = builtInCatalogue()
const facts = prepareMatch(catalogue)

function answer({ vehicle: vehicleId, post: postId, ...conditions }: InteropCase) {
  const vehicle = catalogue.vehicles.get(vehicleId)
  const post = catalogue.chargers.get(postId) ?? catalogue.swapStations.get(postId)
  if (!vehicle || !post) throw new Error(`no record ${vehicleId} or ${postId}`)
  return match({ vehicle, post, ...conditions }, facts)
}

describe('published outcomes', () => {
  it('holds the 34 cases of the survey and more', () => {
    expect(cases.filter(({ id }) => id.startsWith('C'))).toHaveLength(34)
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length)
  })

  it.each(cases)('$id $vehicle at $post: $fit, $power_kW kW, $limit', (published) => {
    const found = answer(published)
    expect(found.verdict).toBe(published.fit)
    expect(found.fits).toBe(published.fit !== 'no')
    if (published.power_kW !== null) {
      const tolerance_kW = POWER_TOLERANCE_frac * published.power_kW
      expect(Math.abs((found.power_kW ?? 0) - published.power_kW)).toBeLessThanOrEqual(tolerance_kW)
    }
    if (published.limit === null) return
    const near_kW = (found.limits[0]?.power_kW ?? 0) * (1 + NEAR_frac)
    const near = found.limits.filter(({ power_kW }) => power_kW <= near_kW).map(({ source }) => source)
    expect(near).toContain(published.limit)
  })
})
