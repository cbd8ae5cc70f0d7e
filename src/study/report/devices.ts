import { SECONDS_PER_HOUR } from '../../base/units/index.ts'
import type { CabinetResult, CableResult, FaultResult } from '../simulate/index.ts'
import type { Context } from './context.ts'
import { type Html, html, nameOf } from './html.ts'
import { closedWhenLong, type TableColumn, table } from './table.ts'

type CableRow = readonly [connector: string, result: CableResult]
type CabinetRow = readonly [cabinet: string, result: CabinetResult]

function numeric<Row>(head: string, cell: (row: Row) => string): TableColumn<Row> {
  return { head, cell, numeric: true }
}

/** Hottest first. */
function cablesTable({ result, writer }: Context): Html | null {
  const rows = Object.entries(result.cables ?? {}).toSorted(([, a], [, b]) => b.highest_degC - a.highest_degC)
  if (rows.length === 0) return null
  const caption = writer.say('report.devices.cables')
  const columns: TableColumn<CableRow>[] = [
    { head: writer.say('report.connectors.connector'), cell: ([id]) => nameOf(id) },
    { head: writer.say('report.devices.component'), cell: ([, { cable }]) => nameOf(cable) },
    numeric(writer.say('report.devices.highest'), ([, { highest_degC }]) => writer.number(highest_degC, 1)),
    numeric(writer.say('report.devices.drops'), ([, { drops }]) => writer.number(drops)),
    numeric(writer.say('report.devices.derated'), ([, { derated_min }]) => writer.number(derated_min, 1)),
    numeric(writer.say('report.devices.trips'), ([, { trips }]) => writer.number(trips)),
    numeric(writer.say('report.devices.loss'), ([, { loss_kWh }]) => writer.number(loss_kWh, 1)),
  ]
  return html`<h3>${caption}</h3>
${closedWhenLong(caption, rows.length, table(caption, columns, rows))}`
}

function cabinetsTable({ result, writer }: Context): Html | null {
  const rows = Object.entries(result.cabinets ?? {})
  if (rows.length === 0) return null
  const caption = writer.say('report.devices.cabinets')
  const columns: TableColumn<CabinetRow>[] = [
    { head: writer.say('report.devices.cabinet'), cell: ([id]) => nameOf(id) },
    numeric(writer.say('report.devices.modules'), ([, { modules }]) => writer.number(modules)),
    numeric(writer.say('report.devices.used'), ([, { moduleUse_frac }]) =>
      writer.percent(moduleUse_frac ?? Number.NaN),
    ),
    numeric(writer.say('report.devices.moves'), ([, { moves }]) => writer.number(moves)),
    numeric(writer.say('report.devices.moduleLoss'), ([, { loss }]) => writer.number(loss.modules_kWh, 1)),
    numeric(writer.say('report.devices.otherLoss'), ([, { loss, loss_kWh }]) =>
      writer.number(loss_kWh - loss.modules_kWh, 1),
    ),
  ]
  return html`<h3>${caption}</h3>
${closedWhenLong(caption, rows.length, table(caption, columns, rows))}`
}

function faultsTable({ result, writer }: Context): Html | null {
  const rows = result.faults ?? []
  if (rows.length === 0) return null
  const caption = writer.say('report.devices.faults')
  const seconds = (value: number | null): string => (value === null ? '–' : writer.number(value, 1))
  const columns: TableColumn<FaultResult>[] = [
    { head: writer.say('report.devices.fault'), cell: ({ mode }) => writer.say(`fault.mode.${mode}`) },
    { head: writer.say('report.devices.part'), cell: ({ part }) => nameOf(part) },
    numeric(writer.say('report.devices.begins'), ({ at_s }) => writer.number(at_s / SECONDS_PER_HOUR, 2)),
    numeric(writer.say('report.devices.told'), ({ detected_s }) => seconds(detected_s)),
    { head: writer.say('report.devices.seenBy'), cell: ({ seenBy }) => writer.say(`fault.seenBy.${seenBy}`) },
    { head: writer.say('report.devices.reaction'), cell: ({ reaction }) => writer.say(`fault.reaction.${reaction}`) },
    numeric(writer.say('report.devices.highest'), ({ highest_degC }) => seconds(highest_degC)),
    numeric(writer.say('report.devices.ended'), ({ sessions }) => writer.number(sessions)),
    numeric(writer.say('report.devices.lost'), ({ energyLost_kWh }) => writer.number(energyLost_kWh, 1)),
  ]
  return html`<h3>${caption}</h3>
${closedWhenLong(caption, rows.length, table(caption, columns, rows))}`
}

/** How cables and cabinets fared; nothing of a run without physics. */
export function devicesSection(context: Context): Html | null {
  const { result, writer } = context
  if (!result.cables && !result.cabinets) return null
  const share_frac = result.energyIn_kWh > 0 ? result.losses_kWh / result.energyIn_kWh : 0
  const losses = { loss: writer.energy(result.losses_kWh), share: writer.percent(share_frac) }
  return html`<section aria-labelledby="devices">
<h2 id="devices">${writer.say('report.devices')}</h2>
<p>${writer.say('report.devices.intro', losses)}</p>
${cablesTable(context)}
${cabinetsTable(context)}
${faultsTable(context)}
</section>`
}
