import {
  acCablingParameters,
  type GridPathParameters,
  gridPathLoss_kW,
  transformerParameters,
} from '../../../hub/plant/parts/index.ts'
import type { Site } from '../../../hub/site/index.ts'
import { type Confidence, weakest } from '../../../hub/standards/index.ts'
import type { ComponentOf } from '../../../hub/standards/schema/index.ts'
import type { LoadDuration, SupplyResult } from '../result.ts'

/** Losses of transformers of one design grow with this power of their rating (scaling of volume and surface). */
const RATING_EXPONENT = 0.75

type Kind = 'transformer' | 'acCabling'

function recordsOf<K extends Kind>({ catalogue }: Site, type: K): ComponentOf<K>[] {
  return [...catalogue.components.values()].filter((record): record is ComponentOf<K> => record.type === type)
}

/** The transformer nearest in rating, made as large as the connection. */
function transformerOf(site: Site) {
  const { import_kW } = site.grid
  const distance = ({ rated_kVA }: { readonly rated_kVA: number | null }) =>
    rated_kVA === null ? Number.POSITIVE_INFINITY : Math.abs(Math.log(rated_kVA / import_kW))
  const record = recordsOf(site, 'transformer').reduce((best, next) => (distance(next) < distance(best) ? next : best))
  const { parameters, confidence } = transformerParameters(record)
  const scale = (import_kW / parameters.rated_kVA) ** RATING_EXPONENT
  const { noLoad_kW, load_kW } = parameters
  return {
    id: record.id,
    confidence,
    path: { rated_kVA: import_kW, noLoad_kW: noLoad_kW * scale, load_kW: load_kW * scale },
  }
}

function linesOf(site: Site) {
  const record = recordsOf(site, 'acCabling')[0]
  return record ? acCablingParameters(record, site.grid.import_kW) : null
}

/** Energy lost in a path at the loads of a run, from the hours it spent at each, every load `share` times as large. */
function lost_kWh(path: GridPathParameters, { step_kW, atLeast_h }: LoadDuration, share: number): number {
  return atLeast_h.reduce((sum_kWh, hours_h, step) => {
    const here_h = hours_h - (atLeast_h[step + 1] ?? 0)
    const load_kW = step === 0 ? 0 : (step + 0.5) * step_kW * share
    return sum_kWh + here_h * gridPathLoss_kW(path, load_kW)
  }, 0)
}

/**
 * What transformer and low-voltage lines lost at the loads a run had: `share` is what cabinets took in for each kWh at the plugs.
 * The transformer is taken to be as large as the grid connection.
 */
export function supplyLosses(site: Site, loads: LoadDuration, share: number): SupplyResult {
  const transformer = transformerOf(site)
  const lines = linesOf(site)
  const confidences: Confidence[] = [transformer.confidence, ...(lines ? [lines.confidence] : [])]
  return {
    transformer_kWh: lost_kWh(transformer.path, loads, share),
    lines_kWh: lines ? lost_kWh(lines.parameters, loads, share) : 0,
    confidence: weakest(confidences),
  }
}
