import { builtInCatalogue } from '../standards/catalogue/index.ts'
import { loadSite } from './load.ts'

/** The smallest sound site; a test adds to it or spoils it. */
export const sound = `version: 1
name: Test
timezone: Europe/Berlin
location: { latitude_deg: 48.1, longitude_deg: 11.6, country: DE }
currency: EUR
grid: { import_kW: 500 }
stations:
  - { id: post, product: alp_hyc_400 }
`

/** Problems, or warnings of a sound file, as `line:column code > fix`. */
export function told(text: string): readonly string[] {
  const checked = loadSite(text, 'hub.yaml', builtInCatalogue())
  return (checked.ok ? checked.warnings : checked.problems).map(({ code, at, fix }) => {
    const mends = fix ? Object.values(fix.params).join() : ''
    return `${at?.line}:${at?.column} ${code}${mends ? ` > ${mends}` : ''}`
  })
}

/** The same without places. */
export function brief(text: string): readonly string[] {
  return told(text).map((one) => one.slice(one.indexOf(' ') + 1))
}
