import { type Draft, suggestion } from '../../base/documents/index.ts'
import type { SiteReport } from './report.ts'
import type { SiteFile, SiteMarket } from './schema/index.ts'

const marketsByCountry: Readonly<Record<SiteMarket, string>> = {
  NA: 'US CA MX PR',
  EU: 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK GB CH NO IS LI AL BA MD ME MK RS UA TR XK',
  CN: 'CN',
  JP: 'JP',
}

const marketOfCountry = new Map<string, SiteMarket>()
for (const market of ['NA', 'EU', 'CN', 'JP'] as const) {
  for (const country of marketsByCountry[market].split(' ')) marketOfCountry.set(country, market)
}

/** Market whose vehicle variants come to a hub in a country; null where no market of the catalogue is plainly it. */
export function marketOf(country: string): SiteMarket | null {
  return marketOfCountry.get(country) ?? null
}

/** Time zone, country, currency and market exist and fit together. */
export function checkPlace(site: Draft<SiteFile>, report: SiteReport): void {
  checkTimezone(site.timezone, report)
  checkCurrency(site.currency, report)
  checkCountry(site, report)
}

/** Zones of offsets or abbreviations do not follow daylight saving time, so only names of places are taken. */
function checkTimezone(zone: string | undefined, report: SiteReport): void {
  if (zone === undefined || isTimezone(zone)) return
  const reason = { code: 'site.unknownTimezone', params: { zone: zone.slice(0, 60) } } as const
  const near = suggestion(zone, Intl.supportedValuesOf('timeZone'))
  const usable = near.code === 'document.fix.didYouMean'
  report.error(['timezone'], reason, usable ? near : { code: 'site.fix.timezone', params: {} })
}

function isTimezone(zone: string): boolean {
  if (zone === 'UTC') return true
  if (!/^[A-Z][A-Za-z_]+\/[A-Za-z0-9_+/-]+$/.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

function checkCurrency(currency: string | undefined, report: SiteReport): void {
  if (currency === undefined) return
  const known = Intl.supportedValuesOf('currency')
  if (known.includes(currency)) return
  const upper = currency.toUpperCase()
  const fix = known.includes(upper)
    ? ({ code: 'document.fix.didYouMean', params: { candidate: upper } } as const)
    : ({ code: 'site.fix.currency', params: {} } as const)
  report.error(['currency'], { code: 'site.unknownCurrency', params: { currency: currency.slice(0, 60) } }, fix)
}

function checkCountry(site: Draft<SiteFile>, report: SiteReport): void {
  const country = site.location?.country
  if (country === undefined) return
  const path = ['location', 'country']
  if (!isCountry(country)) {
    const reason = { code: 'site.unknownCountry', params: { country: country.slice(0, 60) } } as const
    report.error(path, reason, { code: 'site.fix.country', params: {} })
    return
  }
  if (site.market !== undefined || marketOf(country) !== null) return
  report.error(path, { code: 'site.marketUnknown', params: { country } }, { code: 'site.fix.market', params: {} })
}

function isCountry(country: string): boolean {
  if (!/^[A-Z]{2}$/.test(country) || ['EU', 'EZ', 'UK', 'UN', 'ZZ', 'QO'].includes(country)) return false
  return new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(country) !== undefined
}

/** The air follows one thing, and days have a low below their high. */
export function checkAmbient({ ambient }: Draft<SiteFile>, report: SiteReport): void {
  if (ambient === undefined) return
  const { daily, weather } = ambient
  if ((daily === undefined) === (weather === undefined)) {
    report.error(['ambient'], { code: 'site.ambientOne', params: {} }, { code: 'site.fix.ambientOne', params: {} })
  }
  const { low_degC, high_degC } = daily ?? {}
  if (low_degC === undefined || high_degC === undefined || low_degC <= high_degC) return
  report.error(['ambient', 'daily'], { code: 'site.ambientOrder', params: { low_degC, high_degC } })
}

/** Only max-min heeds the floor; beside another policy it would count for nothing. */
export function checkFloor({ floor_kW, policy }: Draft<SiteFile>, report: SiteReport): void {
  if (floor_kW === undefined || policy === undefined || policy === 'max-min') return
  report.error(['floor_kW'], { code: 'site.floorUnused', params: { policy } })
}
