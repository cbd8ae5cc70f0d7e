import { Template } from './wire.ts'

/** Events of a transaction of the load: it starts, tells its meter, ends, and another begins. */
export const EVENTS_A_TRANSACTION = 40

const ID = '«id       »'
const TIME = `«time${' '.repeat(18)}»`
const WATT_HOURS = '«energy  »'
const samples = (context: string): string =>
  `[{"timestamp":"${TIME}","sampledValue":[{"value":${WATT_HOURS},"context":"${context}",` +
  '"measurand":"Energy.Active.Import.Register","unitOfMeasure":{"unit":"Wh"}},' +
  `{"value":91500,"context":"${context}","measurand":"Power.Active.Import","unitOfMeasure":{"unit":"W"}},` +
  `{"value":55,"context":"${context}","measurand":"SoC","unitOfMeasure":{"unit":"Percent"}}]}]`

const event = (type: string, trigger: string, context: string, info: string): Template =>
  new Template(
    `[2,"m${ID}","TransactionEvent",{"eventType":"${type}","timestamp":"${TIME}","triggerReason":"${trigger}",` +
      '"seqNo":«seq »,"evse":{"id":1,"connectorId":1},' +
      `"transactionInfo":{"transactionId":"«transaction${' '.repeat(23)}»"${info}},"meterValue":${samples(context)}}]`,
  )

const started = event('Started', 'CablePluggedIn', 'Transaction.Begin', ',"chargingState":"EVConnected"')
const updated = event('Updated', 'MeterValuePeriodic', 'Sample.Periodic', ',"chargingState":"Charging"')
const ended = event('Ended', 'EVDeparted', 'Transaction.End', ',"stoppedReason":"EVDisconnected"')
const values = new Template(`[2,"m${ID}","MeterValues",{"evseId":1,"meterValue":${samples('Sample.Clock')}}]`)

export interface Moment {
  /** Of the message, in the order of sending. */
  readonly number: number
  readonly at_ms: number
  readonly energy_Wh: number
}

const commonOf = ({ number, at_ms, energy_Wh }: Moment): Record<string, string> => ({
  id: String(number).padStart(ID.length, '0'),
  time: new Date(at_ms).toISOString(),
  energy: String(Math.floor(energy_Wh)),
})

/** A MeterValues of three readings. */
export const meterValues = (moment: Moment): Buffer => values.fill(commonOf(moment))

/** Name of the transaction an event of a station belongs to. */
export const transactionOf = (stationId: string, run: string, event: number): string =>
  `${run}-${stationId}-${Math.floor(event / EVENTS_A_TRANSACTION)}`.padStart(36, '-')

/** The so-manieth TransactionEvent of a station, with three readings. */
export function transactionEvent(moment: Moment, transactionId: string, event: number): Buffer {
  const seq = event % EVENTS_A_TRANSACTION
  const form = seq === 0 ? started : seq === EVENTS_A_TRANSACTION - 1 ? ended : updated
  return form.fill({ ...commonOf(moment), seq: String(seq), transaction: transactionId })
}
