import type { OcppVersion } from '../ocpp/index.ts'
import type { PlugAt } from './dialect.ts'
import type { EvseSetup, StationHabits } from './setup.ts'

/** What can be set from outside. */
export interface Settings {
  heartbeat_s: number
  meter_s: number
  connectionTimeout_s: number
  letsUnknownOffline: boolean
  usesLocalList: boolean
  measurands: readonly string[]
}

/** A configuration key of 1.6 that is a variable of a component in 2.x; empty: that version has none. */
export interface SettingRow {
  readonly key: string
  readonly component: string
  readonly variable: string
  /** The plug it is of; absent: the station as a whole. */
  readonly at?: PlugAt
  readonly isWritable: boolean
  readonly get: () => string
  /** Answers whether it could be. */
  readonly set: (text: string) => boolean
}

/** Measurands a station can show. */
export const measurands = [
  'Energy.Active.Import.Register',
  'Power.Active.Import',
  'Current.Import',
  'Voltage',
  'SoC',
  'Power.Offered',
  'Temperature',
] as const

export function settingsOf({ heartbeat_s, meter_s, letsUnknownOffline }: StationHabits): Settings {
  return { heartbeat_s, meter_s, connectionTimeout_s: 60, letsUnknownOffline, usesLocalList: true, measurands }
}

type NumberName = 'heartbeat_s' | 'meter_s' | 'connectionTimeout_s'
type FlagName = 'letsUnknownOffline' | 'usesLocalList'
type Named = Pick<SettingRow, 'key' | 'component' | 'variable' | 'at'>

const never = (): boolean => false

function fixed(named: Named, value: string | number): SettingRow {
  return { ...named, isWritable: false, get: () => String(value), set: never }
}

function seconds(named: Named, settings: Settings, name: NumberName): SettingRow {
  const set = (text: string): boolean => {
    const value = Number(text)
    if (!/^\d{1,9}$/.test(text)) return false
    settings[name] = value
    return true
  }
  return { ...named, isWritable: true, get: () => String(settings[name]), set }
}

function flag(named: Named, settings: Settings, name: FlagName): SettingRow {
  const set = (text: string): boolean => {
    if (!/^(true|false)$/i.test(text)) return false
    settings[name] = text.toLowerCase() === 'true'
    return true
  }
  return { ...named, isWritable: true, get: () => String(settings[name]), set }
}

function measured(named: Named, settings: Settings): SettingRow {
  const set = (text: string): boolean => {
    const names = text.split(',').map((name) => name.trim())
    if (!names.every((name) => measurands.some((known) => known === name))) return false
    settings.measurands = names
    return true
  }
  return { ...named, isWritable: true, get: () => settings.measurands.join(','), set }
}

const named = (key: string, component: string, variable: string): Named => ({ key, component, variable })

/** All a station lets itself be asked. */
export function settingRows(settings: Settings, habits: StationHabits, connectors: number): readonly SettingRow[] {
  const units16 = habits.units.map((unit) => (unit === 'W' ? 'Power' : 'Current')).join(',')
  return [
    seconds(named('HeartbeatInterval', 'OCPPCommCtrlr', 'HeartbeatInterval'), settings, 'heartbeat_s'),
    seconds(named('MeterValueSampleInterval', 'SampledDataCtrlr', 'TxUpdatedInterval'), settings, 'meter_s'),
    measured(named('MeterValuesSampledData', 'SampledDataCtrlr', 'TxUpdatedMeasurands'), settings),
    seconds(named('ConnectionTimeOut', 'TxCtrlr', 'EVConnectionTimeOut'), settings, 'connectionTimeout_s'),
    flag(
      named('AllowOfflineTxForUnknownId', 'AuthCtrlr', 'OfflineTxForUnknownIdEnabled'),
      settings,
      'letsUnknownOffline',
    ),
    flag(named('LocalAuthListEnabled', 'LocalAuthListCtrlr', 'Enabled'), settings, 'usesLocalList'),
    fixed(named('NumberOfConnectors', '', ''), connectors),
    fixed(
      named('SupportedFeatureProfiles', '', ''),
      'Core,LocalAuthListManagement,Reservation,SmartCharging,RemoteTrigger',
    ),
    fixed(named('ChargeProfileMaxStackLevel', 'SmartChargingCtrlr', 'ProfileStackLevel'), habits.maxStackLevel),
    fixed(named('ChargingScheduleAllowedChargingRateUnit', '', ''), units16),
    fixed(named('', 'SmartChargingCtrlr', 'RateUnit'), habits.units.join(',')),
    fixed(named('ChargingScheduleMaxPeriods', 'SmartChargingCtrlr', 'PeriodsPerSchedule'), habits.maxPeriods),
    fixed(named('MaxChargingProfilesInstalled', 'SmartChargingCtrlr', 'Entries'), habits.maxProfiles),
    fixed(named('', 'SmartChargingCtrlr', 'Enabled'), 'true'),
    fixed(named('', 'SmartChargingCtrlr', 'Available'), 'true'),
    fixed(named('TransactionMessageAttempts', 'OCPPCommCtrlr', 'MessageAttempts'), TRANSACTION_ATTEMPTS),
    fixed(named('TransactionMessageRetryInterval', 'OCPPCommCtrlr', 'MessageAttemptInterval'), TRANSACTION_RETRY_s),
    fixed(named('StopTransactionOnEVSideDisconnect', 'TxCtrlr', 'StopTxOnEVSideDisconnect'), 'true'),
    fixed(named('StopTransactionOnInvalidId', 'TxCtrlr', 'StopTxOnInvalidId'), 'true'),
  ]
}

/** What kinds of plug a station has, as far as its version has names for them. */
export function connectorRows(evses: readonly EvseSetup[], version: () => OcppVersion): readonly SettingRow[] {
  return evses.flatMap(({ types = [] }, evse) =>
    types.map((type, connector): SettingRow => {
      const get = (): string => (version() === '2.1' ? type.ocpp21 : type.ocpp201) ?? 'Unknown'
      const at = { evse: evse + 1, connector: connector + 1 }
      return { ...named('', 'Connector', 'ConnectorType'), at, isWritable: false, get, set: never }
    }),
  )
}

export const TRANSACTION_ATTEMPTS = 5
export const TRANSACTION_RETRY_s = 10
