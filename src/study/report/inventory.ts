import { type EvseResult, recordedName, type VehicleResult } from '../simulate/index.ts'
import { place } from './axis.ts'
import type { Context } from './context.ts'
import { type Html, html, nameOf } from './html.ts'
import { closedWhenLong, type TableColumn, table } from './table.ts'
import type { Writer } from './writer.ts'

function vehicleColumns(writer: Writer): readonly TableColumn<VehicleResult>[] {
  return [
    { head: writer.say('report.vehicles.vehicle'), cell: ({ name }) => nameOf(recordedName(name, writer.language)) },
    { head: writer.say('report.vehicles.arrived'), cell: ({ arrived }) => writer.number(arrived), numeric: true },
    { head: writer.say('report.vehicles.served'), cell: ({ served }) => writer.number(served), numeric: true },
    { head: writer.say('report.vehicles.refused'), cell: ({ refused }) => writer.number(refused), numeric: true },
    {
      head: writer.say('report.column.energy'),
      cell: ({ energy_kWh }) => writer.number(energy_kWh, 1),
      numeric: true,
    },
    {
      head: writer.say('report.vehicles.meanWait'),
      cell: ({ served, meanWait_min }) => writer.number(served > 0 ? meanWait_min : Number.NaN, 1),
      numeric: true,
    },
    {
      head: writer.say('report.vehicles.to80'),
      cell: ({ meanTo80_min }) => writer.number(meanTo80_min ?? Number.NaN, 1),
      numeric: true,
    },
    {
      head: writer.say('report.vehicles.heldBack'),
      cell: ({ heldBack_kWh }) => writer.number(heldBack_kWh, 1),
      numeric: true,
    },
    {
      head: writer.say('report.vehicles.missing'),
      cell: ({ unserved_kWh }) => writer.number(unserved_kWh, 1),
      numeric: true,
    },
  ]
}

/** What each vehicle of the fleet met. */
export function vehiclesSection({ result, writer }: Context): Html {
  const rows = Object.values(result.byVehicle).sort((a, b) => b.arrived - a.arrived || (a.name < b.name ? -1 : 1))
  const caption = writer.say('report.vehicles')
  const summary = writer.say('report.vehicles.table', { count: writer.number(rows.length) })
  const values = table(caption, vehicleColumns(writer), rows)
  const none = html`<p class="none">${writer.say('report.vehicles.none')}</p>`
  return html`<section aria-labelledby="vehicles">
<h2 id="vehicles">${caption}</h2>
${rows.length === 0 ? none : closedWhenLong(summary, rows.length, values)}
</section>`
}

function occupancyCell({ occupied_frac }: EvseResult, writer: Writer): Html {
  const width_percent = place(Math.min(Math.max(occupied_frac, 0), 1) * 100)
  return html`<svg class="mini" width="64" height="8" aria-hidden="true"><rect class="track" width="100%" height="8"/><rect class="bar" width="${width_percent}%" height="8"/></svg><span class="share">${writer.percent(occupied_frac)}</span>`
}

function evseColumns(writer: Writer): readonly TableColumn<EvseResult>[] {
  return [
    { head: writer.say('report.evses.evse'), cell: ({ id }) => nameOf(id) },
    { head: writer.say('report.column.sessions'), cell: ({ sessions }) => writer.number(sessions), numeric: true },
    {
      head: writer.say('report.column.energy'),
      cell: ({ energy_kWh }) => writer.number(energy_kWh, 1),
      numeric: true,
    },
    {
      head: writer.say('report.column.perSession'),
      cell: ({ energy_kWh, sessions }) => writer.number(energy_kWh / sessions, 1),
      numeric: true,
    },
    { head: writer.say('report.evses.occupied'), cell: (evse) => occupancyCell(evse, writer), numeric: true },
    {
      head: writer.say('report.evses.charging'),
      cell: ({ charging_frac }) => writer.percent(charging_frac),
      numeric: true,
    },
    { head: writer.say('report.evses.load'), cell: ({ load_frac }) => writer.percent(load_frac), numeric: true },
  ]
}

function occupancySentence(rows: readonly EvseResult[], writer: Writer): string {
  const shares = rows.map(({ occupied_frac }) => occupied_frac)
  return writer.say('report.evses.intro', {
    mean: writer.percent(shares.reduce((sum, share) => sum + share, 0) / shares.length),
    lowest: writer.percent(Math.min(...shares)),
    highest: writer.percent(Math.max(...shares)),
  })
}

/** What each EVSE did, in the order of the site. */
export function evsesSection({ result, writer }: Context): Html {
  const rows = result.byEvse
  const caption = writer.say('report.evses')
  const summary = writer.say('report.evses.table', { count: writer.number(rows.length) })
  const values = table(caption, evseColumns(writer), rows)
  const none = html`<p class="none">${writer.say('report.evses.none')}</p>`
  return html`<section aria-labelledby="evses">
<h2 id="evses">${caption}</h2>
${rows.length === 0 ? none : html`<p>${occupancySentence(rows, writer)}</p>${closedWhenLong(summary, rows.length, values)}`}
</section>`
}
