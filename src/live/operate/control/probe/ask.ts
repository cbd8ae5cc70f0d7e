import type { JsonObject, OcppVersion } from '../../../ocpp/index.ts'
import type { ProfileMessage } from '../profiles/index.ts'
import type { Capabilities } from './capabilities.ts'

const keys16 = [
  'ChargeProfileMaxStackLevel',
  'ChargingScheduleAllowedChargingRateUnit',
  'SupportedFeatureProfiles',
] as const

const variables2 = ['Enabled', 'Available', 'ProfileStackLevel', 'RateUnit', 'SupportsDynamicProfiles'] as const

/** Asks a station what it says of its smart charging. */
export function probeMessage(version: OcppVersion): ProfileMessage {
  if (version === '1.6') return { action: 'GetConfiguration', payload: { key: [...keys16] } }
  const names = variables2.filter((name) => version === '2.1' || name !== 'SupportsDynamicProfiles')
  const getVariableData = names.map((name) => ({ component: { name: 'SmartChargingCtrlr' }, variable: { name } }))
  return { action: 'GetVariables', payload: { getVariableData } }
}

type Told = ReadonlyMap<string, string>

function told16({ configurationKey }: JsonObject): Told {
  const rows = (configurationKey ?? []) as readonly { readonly key: string; readonly value?: string }[]
  return new Map(rows.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value] as const])))
}

interface Row {
  readonly attributeStatus: string
  readonly attributeValue?: string
  readonly variable: { readonly name: string }
}

function told2({ getVariableResult }: JsonObject): Told {
  const rows = (getVariableResult ?? []) as unknown as readonly Row[]
  const taken = rows.filter(({ attributeStatus }) => attributeStatus === 'Accepted')
  return new Map(taken.map(({ variable, attributeValue = '' }) => [variable.name, attributeValue]))
}

const listOf = (text: string | undefined): readonly string[] => (text ?? '').split(',').map((word) => word.trim())

function levelOf(text: string | undefined): Partial<Capabilities> {
  const level = Number(text)
  return text !== undefined && Number.isSafeInteger(level) && level >= 0 ? { maxStackLevel: level } : {}
}

/** 1.6 says `Current,Power`, 2.x `A,W`; some say it the other way round. */
function unitsOf(text: string | undefined): Pick<Capabilities, 'units'> {
  const words = listOf(text).map((word) => word.toLowerCase())
  const has = (names: readonly string[]): boolean => words.some((word) => names.includes(word))
  return {
    units: [...(has(['w', 'power']) ? (['W'] as const) : []), ...(has(['a', 'current']) ? (['A'] as const) : [])],
  }
}

const isNo = (text: string | undefined): boolean => text?.toLowerCase() === 'false'

/** Reads what a station says of its smart charging. */
export function readProbe(version: OcppVersion, answer: JsonObject): Partial<Capabilities> {
  if (version === '1.6') {
    const told = told16(answer)
    const profiles = told.get('SupportedFeatureProfiles')
    return {
      smartCharging: profiles === undefined || listOf(profiles).includes('SmartCharging'),
      ...unitsOf(told.get('ChargingScheduleAllowedChargingRateUnit')),
      ...levelOf(told.get('ChargeProfileMaxStackLevel')),
    }
  }
  const told = told2(answer)
  return {
    smartCharging: !isNo(told.get('Enabled')) && !isNo(told.get('Available')),
    ...unitsOf(told.get('RateUnit')),
    ...levelOf(told.get('ProfileStackLevel')),
    dynamic: told.get('SupportsDynamicProfiles')?.toLowerCase() === 'true',
  }
}

/** Asks a station to tell its meters during a transaction this often; then for more, which a station that cannot refuses as a whole. */
export function meterMessages(version: OcppVersion, interval_s: number): readonly ProfileMessage[] {
  const measurands = 'Energy.Active.Import.Register,Power.Active.Import,Current.Import,Voltage,SoC'
  if (version === '1.6') {
    const change = (key: string, value: string): ProfileMessage => ({
      action: 'ChangeConfiguration',
      payload: { key, value },
    })
    const more = change('MeterValuesSampledData', `${measurands},Power.Offered,Temperature`)
    return [change('MeterValueSampleInterval', String(interval_s)), change('MeterValuesSampledData', measurands), more]
  }
  const component = { name: 'SampledDataCtrlr' }
  const row = (name: string, attributeValue: string) => ({ component, variable: { name }, attributeValue })
  const setVariableData = [row('TxUpdatedInterval', String(interval_s)), row('TxUpdatedMeasurands', measurands)]
  const more = row('TxUpdatedMeasurands', `${measurands},Power.Offered`)
  return [
    { action: 'SetVariables', payload: { setVariableData } },
    { action: 'SetVariables', payload: { setVariableData: [more] } },
  ]
}

/** The most a composite schedule allows over its time, kilowatt; null: it cannot be read. */
export function readComposite(
  version: OcppVersion,
  answer: JsonObject,
  { voltage_V, phases }: { readonly voltage_V: number; readonly phases: number },
): number | null {
  const schedule = (version === '1.6' ? answer['chargingSchedule'] : answer['schedule']) as JsonObject | undefined
  const periods = schedule?.['chargingSchedulePeriod'] as readonly { readonly limit?: number }[] | undefined
  if (answer['status'] !== 'Accepted' || !periods || periods.length === 0) return null
  const limits = periods.map(({ limit }) => limit)
  if (!limits.every((limit) => typeof limit === 'number' && limit >= 0)) return null
  const most = Math.max(...(limits as number[]))
  return (schedule?.['chargingRateUnit'] === 'A' ? most * voltage_V * phases : most) / 1000
}
