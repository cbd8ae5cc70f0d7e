import { type Coded, closest } from '../../../base/words/index.ts'
import { type ColumnMap, type ColumnName, columnNames } from '../sessions/source.ts'

/**
 * Headers seen in the exports of charging networks and in public data of cities, letters and digits only, lower case;
 * the first that is there counts. A pair is date and time in columns of their own.
 */
const spellings: Readonly<Record<ColumnName, readonly (string | readonly [string, string])[]>> = {
  id: ['id', 'plugineventid', 'sessionid', 'session', 'chargingevent', 'transactionid', 'cpsessionid', 'cdrid'],
  arrive: [
    'arrive',
    'arrival',
    ['startdate', 'starttime'],
    'startdatetime',
    'startdate',
    'starttime',
    'start',
    'connectionstartdatetime',
    'connectiontime',
    'sessionstart',
    'sessionstarttime',
    'plugintime',
    'transactionstartutc',
    'utctransactionstart',
    'transactiondatepacifictime',
  ],
  plug: ['plug', 'plugged'],
  depart: [
    'depart',
    'departure',
    ['enddate', 'endtime'],
    'enddatetime',
    'enddate',
    'endtime',
    'end',
    'connectionenddatetime',
    'disconnecttime',
    'sessionend',
    'sessionendtime',
    'plugouttime',
    'transactionendutc',
    'utctransactionstop',
  ],
  duration: ['totaldurationhhmmss', 'totalduration', 'duration', 'sessionduration', 'connectedtime'],
  chargingEnd: ['chargingend', 'chargingenddatetime', 'donechargingtime', 'chargingendtime'],
  chargingTime: ['chargingtimehhmmss', 'chargingtime', 'chargetime', 'chargetimehhmmss'],
  energy: [
    'energykwh',
    'totalkwh',
    'kwh',
    'energy',
    'kwhdelivered',
    'totalenergy',
    'totalenergykwh',
    'energywh',
    'consumkwh',
  ],
  power: ['maxpowerkw', 'power', 'powerkw', 'maxpower', 'peakpowerkw'],
  evse: ['evse', 'evseid', 'chargingstation', 'cpid', 'stationname', 'stationid', 'chargepointid', 'chargepoint'],
  connector: ['connector', 'plugtype', 'connectortype', 'connectorstandard'],
  vehicle: ['vehicle', 'vehicletype', 'evmodel', 'model'],
  soc: ['socfrac', 'startsoc', 'socarrival', 'arrivalsoc'],
  capacity: ['capacitykwh', 'batterycapacitykwh'],
  timezone: ['starttimezone', 'timezone'],
}

const needed: readonly ColumnName[] = ['arrive', 'energy']

/** Letters and digits of a header. */
function plain(header: string): string {
  return header.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** Where a value stands: a column, or several whose texts are joined by a space. */
export type Source = readonly number[]

/** What each column of a file holds; what it has no column for is absent. */
export type Layout = Readonly<Partial<Record<ColumnName, Source>>>

/** The layout, or every fault of the header at once. */
export type Laid = { readonly layout: Layout } | { readonly faults: readonly { reason: Coded; fix?: Coded }[] }

function named(spelling: string | readonly [string, string], headers: readonly string[]): Source | null {
  const source = (typeof spelling === 'string' ? [spelling] : spelling).map((one) => headers.indexOf(one))
  return source.includes(-1) ? null : source
}

function automatic(name: ColumnName, headers: readonly string[]): Source | null {
  for (const spelling of spellings[name]) {
    const source = named(spelling, headers)
    if (source !== null) return source
  }
  return null
}

/** Columns a mapping names: the whole text as a header, or its parts around "+"; a text: the part that is not there. */
function mapped(wanted: string, headers: readonly string[]): Source | string {
  const whole = position(wanted, headers)
  if (whole >= 0) return [whole]
  const parts = wanted.split('+')
  const missing = parts.find((part) => position(part, headers) < 0)
  return missing ?? parts.map((part) => position(part, headers))
}

/** Place of a header, as it is written or by letters and digits; -1: not there. */
function position(header: string, headers: readonly string[]): number {
  const exact = headers.findIndex((one) => one.trim() === header.trim())
  return exact >= 0 ? exact : headers.findIndex((one) => plain(one) === plain(header))
}

function unknownColumn(name: ColumnName, header: string, headers: readonly string[]) {
  const reason: Coded = { code: 'trace.noSuchColumn', params: { name, header } }
  const candidate = closest(header, headers)
  if (candidate !== null) return { reason, fix: { code: 'document.fix.didYouMean', params: { candidate } } as const }
  return { reason, fix: { code: 'trace.fix.columns', params: { headers: headers.slice(0, 20) } } as const }
}

/** Finds the columns of a header by a mapping, else by known spellings. */
export function layOut(header: readonly string[], map: ColumnMap): Laid {
  const plainHeader = header.map(plain)
  const layout: Partial<Record<ColumnName, Source>> = {}
  const faults: { reason: Coded; fix?: Coded }[] = []
  for (const name of columnNames) {
    const wanted = map.columns[name]
    const found = wanted === undefined ? automatic(name, plainHeader) : mapped(wanted, header)
    if (typeof found === 'string') faults.push(unknownColumn(name, found, header))
    else if (found !== null) layout[name] = found
  }
  const missing: string[] = needed.filter((name) => layout[name] === undefined && map.columns[name] === undefined)
  if (layout.depart === undefined && layout.duration === undefined && map.columns.depart === undefined) {
    missing.push('depart')
  }
  if (missing.length > 0) {
    const reason: Coded = { code: 'trace.missingColumns', params: { names: missing, headers: header.slice(0, 20) } }
    faults.push({ reason, fix: { code: 'trace.fix.map', params: { name: missing[0] ?? '' } } })
  }
  return faults.length > 0 ? { faults } : { layout }
}
