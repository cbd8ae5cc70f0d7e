import type { NotifyReportRequest, ReportDataType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Answer } from '../../../ocpp/index.ts'
import { takeConnectorType } from '../../availability.ts'
import type { Variable } from '../../commands.ts'
import { hasEvse } from '../../plans.ts'
import { type Contact, nothing } from '../driver.ts'

/** Variables kept of one station. */
const MOST_VARIABLES = 5000

function keyOf({ component, variable }: Pick<ReportDataType, 'component' | 'variable'>): string {
  const { evse } = component
  const place = evse ? `@${[evse.id, ...(evse.connectorId === undefined ? [] : [evse.connectorId])].join('/')}` : ''
  const named = (one: { name: string; instance?: string }) => (one.instance ? `${one.name}[${one.instance}]` : one.name)
  return `${named(component)}${place}.${named(variable)}`
}

/** A part of what a station tells of itself. */
export function takeReport(contact: Contact, { reportData = [] }: NotifyReportRequest): Answer {
  for (const row of reportData) {
    const value = row.variableAttribute.find(({ type }) => type === undefined || type === 'Actual')?.value
    if (value !== undefined) takeVariable(contact, row, value)
  }
  return nothing
}

function takeVariable(
  { desk, station }: Contact,
  row: Pick<ReportDataType, 'component' | 'variable'>,
  value: string,
): void {
  const { variables } = station
  const key = keyOf(row)
  if (variables.size < MOST_VARIABLES || variables.has(key)) variables.set(key, value)
  const { name, evse } = row.component
  if (name !== 'Connector' || row.variable.name !== 'ConnectorType' || !evse || !hasEvse(station.plan, evse.id)) return
  takeConnectorType(desk, station, { evse: evse.id, connector: evse.connectorId ?? 1, type: value })
}

/** A variable as messages name it. */
export function wireVariable({ component, variable, evse, connector, instance }: Variable): Record<string, unknown> {
  const place =
    evse === undefined ? {} : { evse: { id: evse, ...(connector === undefined ? {} : { connectorId: connector }) } }
  return {
    component: { name: component, ...place },
    variable: { name: variable, ...(instance === undefined ? {} : { instance }) },
  }
}

type VariableResult = Pick<ReportDataType, 'component' | 'variable'> & {
  readonly attributeStatus: string
  readonly attributeValue?: string
}

/** Asks for the types of the connectors the site names, to hold them against it. */
export async function askConnectorTypes(contact: Contact): Promise<void> {
  const { station, line } = contact
  const places = [...station.evses.values()].flatMap(({ evse, connectors }) => {
    return [...connectors.keys()].map((connector) => ({
      component: 'Connector',
      variable: 'ConnectorType',
      evse,
      connector,
    }))
  })
  if (places.length === 0) return
  const outcome = await line.call('GetVariables', { getVariableData: places.map(wireVariable) })
  if (outcome.kind !== 'result') return
  const results = outcome.payload['getVariableResult'] as unknown as readonly VariableResult[]
  for (const row of results) {
    if (row.attributeStatus === 'Accepted' && row.attributeValue !== undefined)
      takeVariable(contact, row, row.attributeValue)
  }
}
