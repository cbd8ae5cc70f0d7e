import { QUARTERS } from '../model/setup.ts'
import { overQuarters } from '../region/path.ts'
import { adaptersOf, type Span } from '../region/rules.ts'
import type { MarketYear } from '../scenarios/outcome.ts'
import type { MarketCase } from '../scenarios/plan.ts'

/** What a connector is to the cars of a group: their own inlet, something an adapter reaches for a part of them, or nothing. */
export interface UseCell {
  readonly connector: string
  readonly how: 'native' | 'adapter' | 'none'
  /** Share of the need it serves: 1 native, less for a further inlet, for adapters what they cover. */
  readonly cover_frac: number
}

/** Who can use what at the end of a year. */
export interface UseRow {
  readonly group: string
  readonly name: string
  /** In the order of the region's connectors. */
  readonly cells: readonly UseCell[]
  /** Share of the cars that may charge in the closed network; null where there is none. */
  readonly closed_frac: number | null
  /** Outlets a car can use natively, by adapter alone, and all of them as a share of every outlet. */
  readonly native: number
  readonly byAdapter: number
  readonly ofAll_frac: number
}

type Group = MarketCase['region']['groups'][number]

function cellsOf({ region }: MarketCase, group: Group, span: Span): readonly UseCell[] {
  const cover = adaptersOf(region, group.id, span)
  return region.connectors.map(({ id }, c) => {
    const place = group.inlets.indexOf(id)
    const byAdapter = cover[c] ?? 0
    if (place >= 0) {
      return {
        connector: id,
        how: 'native',
        cover_frac: place === 0 ? 1 : Math.max(group.furtherInlet_frac, byAdapter),
      }
    }
    return { connector: id, how: byAdapter > 0 ? 'adapter' : 'none', cover_frac: byAdapter }
  })
}

/** Groups of cars against connectors at the end of a year; cars without fast charging are left out. */
export function whoCanUse(one: MarketCase, year: MarketYear): readonly UseRow[] {
  const { region } = one
  const span = { from_yr: year.year + 1 - 1 / QUARTERS, quarters: 1, known_yr: Number.POSITIVE_INFINITY }
  const outlets = Math.max(1, year.ports + year.closedPorts)
  return region.groups.flatMap((group, g): UseRow[] => {
    if (group.inlets.length === 0) return []
    const [usable, byAdapter] = [year.usable[g] ?? 0, year.usableByAdapter[g] ?? 0]
    const guests = overQuarters(group.closedAccess, span.from_yr, 1)[0] ?? 0
    return [
      {
        ...{ group: group.id, name: group.name, cells: cellsOf(one, group, span) },
        closed_frac: region.closed ? (region.closed.owner === group.id ? 1 : guests) : null,
        ...{ native: usable - byAdapter, byAdapter, ofAll_frac: usable / outlets },
      },
    ]
  })
}
