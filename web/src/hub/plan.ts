/** A hub as it is drawn: what feeds what. Ids are those of the site file. */
export interface HubPlan {
  readonly name: string
  readonly timezone: string
  readonly import_kW: number
  /** Parents stand before their children; null: the grid connection. */
  readonly circuits: readonly { readonly id: string; readonly parent: string | null; readonly max_kW: number }[]
  readonly cabinets: readonly CabinetPlan[]
  readonly stations: readonly StationPlan[]
}

export interface CabinetPlan {
  readonly id: string
  readonly circuit: string | null
  readonly power_kW: number
  /** null: not known, or not made of modules. */
  readonly module_kW: number | null
}

export interface StationPlan {
  readonly id: string
  readonly cabinet: string | null
  readonly circuit: string | null
  readonly evses: readonly EvsePlan[]
}

export interface EvsePlan {
  readonly id: string
  readonly connectors: readonly { readonly id: string; readonly standard: string }[]
}

export type NodeKind = 'grid' | 'circuit' | 'cabinet'

/** A box of the drawing. */
export interface BoxPlace {
  readonly key: string
  readonly kind: NodeKind
  readonly id: string
  readonly limit_kW: number
  readonly x: number
  /** Middle. */
  readonly y: number
}

/** A row of the drawing: one EVSE. */
export interface RowPlace {
  readonly key: string
  readonly station: StationPlan
  readonly evse: EvsePlan
  /** Position of the EVSE in its station, from 1, as OCPP counts. */
  readonly number: number
  /** Middle. */
  readonly y: number
}

/** A line from a box to a box or row on its right; keys of both. */
export interface Feed {
  readonly from: string
  readonly to: string
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

export interface HubLayout {
  readonly boxes: readonly BoxPlace[]
  readonly rows: readonly RowPlace[]
  readonly feeds: readonly Feed[]
  /** Where rows begin. */
  readonly rows_x: number
  readonly height: number
}

export const BOX = { width: 118, height: 48, gap: 44 }
export const ROW_HEIGHT = 44
const STATION_GAP = 10
const GRID = 'grid'

interface Branch {
  readonly key: string
  readonly kind: NodeKind
  readonly id: string
  readonly limit_kW: number
  readonly depth: number
  readonly branches: readonly Branch[]
  readonly stations: readonly StationPlan[]
}

function circuitBranch(plan: HubPlan, id: string | null, limit_kW: number, depth: number): Branch {
  const circuits = plan.circuits.filter(({ parent }) => parent === id)
  const cabinets = plan.cabinets.filter(({ circuit }) => circuit === id)
  return {
    ...(id === null ? { key: GRID, kind: 'grid', id: GRID } : { key: `circuit ${id}`, kind: 'circuit', id }),
    limit_kW,
    depth,
    branches: [
      ...circuits.map((circuit) => circuitBranch(plan, circuit.id, circuit.max_kW, depth + 1)),
      ...cabinets.map((cabinet) => cabinetBranch(plan, cabinet, depth + 1)),
    ],
    stations: plan.stations.filter(({ cabinet, circuit }) => cabinet === null && circuit === id),
  }
}

function cabinetBranch({ stations }: HubPlan, { id, power_kW }: CabinetPlan, depth: number): Branch {
  const fed = stations.filter(({ cabinet }) => cabinet === id)
  return { key: `cabinet ${id}`, kind: 'cabinet', id, limit_kW: power_kW, depth, branches: [], stations: fed }
}

function depthOf({ kind, depth, branches }: Branch): number {
  return Math.max(kind === 'cabinet' ? depth - 1 : depth, ...branches.map(depthOf))
}

interface Drawing {
  readonly boxes: BoxPlace[]
  readonly rows: RowPlace[]
  readonly feeds: Feed[]
  readonly columns: number
  y: number
}

const rowsX = (columns: number) => (columns + 2) * (BOX.width + BOX.gap)

function placeStation(drawing: Drawing, station: StationPlan): RowPlace[] {
  const placed = station.evses.map((evse, at): RowPlace => {
    const y = drawing.y + ROW_HEIGHT / 2
    drawing.y += ROW_HEIGHT
    return { key: `evse ${evse.id}`, station, evse, number: at + 1, y }
  })
  drawing.rows.push(...placed)
  drawing.y += STATION_GAP
  return placed
}

function feed(drawing: Drawing, from: BoxPlace, to: { readonly key: string; readonly x: number; readonly y: number }) {
  const { key, x, y } = from
  drawing.feeds.push({ from: key, to: to.key, x1: x + BOX.width, y1: y, x2: to.x, y2: to.y })
}

/** Boxes stand in the middle of what they feed. */
function place(drawing: Drawing, { branches, stations, depth, kind, key, id, limit_kW }: Branch): BoxPlace {
  const top = drawing.y
  const boxes = branches.map((branch) => place(drawing, branch))
  const rows = stations.flatMap((station) => placeStation(drawing, station))
  if (drawing.y === top) drawing.y += BOX.height + STATION_GAP
  const ys = [...boxes, ...rows].map(({ y }) => y)
  const y = ys.length > 0 ? (Math.min(...ys) + Math.max(...ys)) / 2 : top + BOX.height / 2
  const column = kind === 'cabinet' ? drawing.columns + 1 : depth
  const box = { key, kind, id, limit_kW, x: column * (BOX.width + BOX.gap), y }
  drawing.boxes.push(box)
  for (const child of boxes) feed(drawing, box, child)
  for (const row of rows) feed(drawing, box, { key: row.key, x: rowsX(drawing.columns), y: row.y })
  return box
}

/** Lays a hub out from left to right: grid, circuits, cabinets, EVSEs; nothing crosses. */
export function layOut(plan: HubPlan): HubLayout {
  const tree = circuitBranch(plan, null, plan.import_kW, 0)
  const columns = depthOf(tree)
  const drawing: Drawing = { boxes: [], rows: [], feeds: [], columns, y: STATION_GAP }
  place(drawing, tree)
  return { ...drawing, rows_x: rowsX(columns), height: drawing.y }
}
