/**
 * The one list of unit suffixes. Every quantity's name ends in one of them, in code, YAML, JSON and CSV alike.
 * Inside the engine quantities are always kW, kWh, s, A, V and degC; other units exist at the edges only.
 */
export const unitSuffixes = {
  kW: 'kilowatt',
  kWh: 'kilowatt-hour',
  kWhTotal: 'kilowatt-hour, cumulated',
  A: 'ampere',
  V: 'volt',
  ohm: 'ohm',
  s: 'second',
  min: 'minute',
  h: 'hour',
  ms: 'millisecond since 1970-01-01 UTC',
  degC: 'degree Celsius',
  K: 'kelvin',
  yr: 'year',
  JperK: 'joule per kelvin',
  WperK: 'watt per kelvin',
  perK: 'share per kelvin',
  W: 'watt',
  m: 'metre',
  mm2: 'square millimetre',
  ohmm: 'ohm metre',
  kgperm3: 'kilogram per cubic metre',
  JperkgK: 'joule per kilogram and kelvin',
  JperKm: 'joule per kelvin and metre',
  WperKm: 'watt per kelvin and metre',
  KmperW: 'kelvin metre per watt',
  Pa: 'pascal',
  Pas: 'pascal second',
  Pas2perm6: 'pascal per square of a cubic metre per second',
  WpermK: 'watt per metre and kelvin',
  perK2: 'share per square of a kelvin',
  perkm: 'share per kilometre',
  lpermin: 'litre per minute',
  Apers: 'ampere per second',
  A2s: 'ampere squared second',
  F: 'farad',
  kVA: 'kilovolt-ampere',
  km: 'kilometre',
  deg: 'degree of arc',
  frac: 'fraction, 0 to 1',
  perDay: 'count a day',
  kWhPerkm: 'kilowatt-hour per kilometre',
  perkWh: 'currency of the site per kilowatt-hour',
} as const

export type Unit = keyof typeof unitSuffixes

export const SECONDS_PER_MINUTE = 60
export const SECONDS_PER_HOUR = 3600
export const SECONDS_PER_DAY = 86_400

/** Unit a name claims by its suffix, or null when it ends in none of the list. */
export function unitOfName(name: string): Unit | null {
  const at = name.lastIndexOf('_')
  const suffix = at < 0 ? '' : name.slice(at + 1)
  return suffix in unitSuffixes ? (suffix as Unit) : null
}
