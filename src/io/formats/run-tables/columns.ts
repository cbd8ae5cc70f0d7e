import type { LostVisitor } from '../../../hub/demand/index.ts'
import type { EvseResult, Quarter } from '../../../study/simulate/index.ts'
import type { SiteRun, VisitPart } from '../../../study/simulate/site/index.ts'
import type { LocalTime } from './local-time.ts'

/** A field of a table; null stays empty. */
export type Field = string | number | null

/** A column: its name, and its field of a row. */
export type Column<Row> = readonly [name: string, field: (row: Row) => Field]

/** What the tables of a run need to know of it. */
export interface TableSetting {
  readonly siteRun: SiteRun
  readonly from_ms: number
  readonly time: LocalTime
}

/** A session for the table: how it ended, or that it goes on at the end of the run. */
export type SessionRow = VisitPart & { readonly open: boolean }

const SECONDS_PER_MINUTE = 60
const DIGITS = 6

/** Numbers with at most six decimals: finer ones tell nothing. */
function rounded(value: number): number {
  return Number(value.toFixed(DIGITS))
}

function minutes(from_s: number, to_s: number | null): number | null {
  return to_s === null ? null : rounded((to_s - from_s) / SECONDS_PER_MINUTE)
}

function clock({ from_ms, time }: TableSetting): (at_s: number | null) => string | null {
  return (at_s) => (at_s === null ? null : time.text(from_ms + at_s * 1000))
}

function endOf({ open, moved, done_s }: SessionRow): string {
  if (open) return 'open'
  if (moved) return 'moved'
  return done_s === null ? 'left' : 'done'
}

/**
 * One row a session, or a part of one; `end` is `done` (charging ended), `left` (unplugged before), `moved` (sent on: the next
 * part follows) or `open` (still there at the end). Arrival and wait are those of the visit.
 */
export function sessionColumns(setting: TableSetting): readonly Column<SessionRow>[] {
  const { run, hub } = setting.siteRun
  const at = clock(setting)
  const { sources } = run.plant.profiles
  return [
    ['visit', ({ visit }) => visit],
    ['part', ({ part }) => part],
    ['arrival', ({ arrived_s }) => at(arrived_s)],
    ['plugIn', ({ plugged_s }) => at(plugged_s)],
    ['chargingEnd', ({ done_s }) => at(done_s)],
    ['departure', ({ open, unplugged_s }) => at(open ? null : unplugged_s)],
    ['end', endOf],
    ['vehicle', ({ vehicle }) => run.input.vehicles[vehicle] ?? null],
    ['connector', ({ connector }) => run.input.connectors[connector] ?? null],
    ['evse', ({ place }) => hub.connectors[place]?.evse.id ?? null],
    ['plug', ({ place }) => hub.connectors[place]?.connector.id ?? null],
    ['wait_min', ({ part, waited_s }) => (part === 1 ? minutes(0, waited_s) : null)],
    ['charging_min', ({ plugged_s, done_s, unplugged_s }) => minutes(plugged_s, done_s ?? unplugged_s)],
    ['to80_min', ({ plugged_s, at80_s }) => minutes(plugged_s, at80_s)],
    ['socFrom_frac', ({ socBefore_frac }) => rounded(socBefore_frac)],
    ['socTo_frac', ({ soc_frac }) => rounded(soc_frac)],
    ['energy_kWh', ({ energy_kWh }) => rounded(energy_kWh)],
    ['unserved_kWh', ({ open, unserved_kWh }) => (open ? null : rounded(unserved_kWh))],
    [
      'unservedBy',
      ({ open, unserved_kWh, unservedBy }) => (open || unserved_kWh === 0 ? null : (unservedBy ?? 'driver.stay')),
    ],
    ['heldBack_kWh', ({ heldBack_kWh }) => rounded(heldBack_kWh.reduce((sum_kWh, held_kWh) => sum_kWh + held_kWh, 0))],
    ...sources.map(
      (source, index): Column<SessionRow> => [
        `heldBack.${source}_kWh`,
        ({ heldBack_kWh }) => rounded(heldBack_kWh[index] ?? 0),
      ],
    ),
  ]
}

/** One row a quarter of an hour: mean power of the grid connection, every circuit and cabinet, mean counts of vehicles. */
export function quarterColumns(setting: TableSetting): readonly Column<Quarter>[] {
  const { input, plant } = setting.siteRun.run
  const at = clock(setting)
  return [
    ['from', ({ from_s }) => at(from_s)],
    ['to', ({ to_s }) => at(to_s)],
    ...input.model.nodes.map(({ source }, number): Column<Quarter> => {
      const node = plant.network.modelNode.indexOf(number)
      return [`${number === 0 ? 'grid' : source}_kW`, ({ power_kW }) => rounded(power_kW[node] ?? 0)]
    }),
    ['occupied', ({ occupied }) => rounded(occupied)],
    ['waiting', ({ waiting }) => rounded(waiting)],
  ]
}

/** One row for everybody who left without having charged. */
export function lostColumns(setting: TableSetting): readonly Column<LostVisitor>[] {
  const { fleet, run } = setting.siteRun
  const at = clock(setting)
  const reason = ({ reason, row }: LostVisitor): string =>
    reason ?? fleet[row]?.nearestMiss?.obstacles[0]?.code ?? 'access.handsFree'
  return [
    ['visit', ({ number }) => number + 1],
    ['time', ({ at_s }) => at(at_s)],
    ['outcome', ({ outcome }) => outcome],
    ['vehicle', ({ row }) => run.input.vehicles[row] ?? null],
    ['soc_frac', ({ soc_frac }) => rounded(soc_frac)],
    ['wait_min', ({ waited_s }) => minutes(0, waited_s)],
    ['reason', reason],
  ]
}

/** One row an EVSE. */
export const evseColumns: readonly Column<EvseResult>[] = [
  ['evse', ({ id }) => id],
  ['sessions', ({ sessions }) => sessions],
  ['energy_kWh', ({ energy_kWh }) => rounded(energy_kWh)],
  ['rating_kW', ({ rating_kW }) => rounded(rating_kW)],
  ['occupied_frac', ({ occupied_frac }) => rounded(occupied_frac)],
  ['charging_frac', ({ charging_frac }) => rounded(charging_frac)],
  ['load_frac', ({ load_frac }) => rounded(load_frac)],
  ['atLimit_frac', ({ atLimit_frac }) => rounded(atLimit_frac)],
]
