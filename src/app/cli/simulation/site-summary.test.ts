import { describe, expect, it } from 'vitest'
import { loadSite } from '../../../hub/site/index.ts'
import { builtInCatalogue } from '../../../hub/standards/index.ts'
import { prepareSiteRun } from '../../../study/simulate/site/index.ts'
import { siteSummary } from './site-summary.ts'

const siteText = (demand: string): string => `version: 1
name: two posts
timezone: Asia/Kolkata
location: { latitude_deg: 28, longitude_deg: 77, country: DE }
currency: EUR
grid: { import_kW: 200 }
stations:
  - id: post
    count: 2
    evses: [{ connectors: [{ connector: ccs2, maxPower_kW: 100, maxCurrent_A: 500, maxVoltage_V: 920 }] }]
demand:
  sessions_perDay: 20
  profile: { weekday: [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1] }
  arrival: { mean_frac: 0.2, sd_frac: 0.05 }
  target: { mean_frac: 0.8 }
  queue: { places: 2 }
${demand}  fleet:
    - { vehicle: vw-id4-77-2021, share_frac: 1 }
`

function summaryOf(demand: string) {
  const checked = loadSite(siteText(demand), 'hub.yaml', builtInCatalogue())
  if (!checked.ok || checked.value.demand === null) throw new Error(JSON.stringify(checked))
  const site = { ...checked.value, demand: checked.value.demand }
  const day = { from_ms: Date.UTC(2026, 4, 31, 18, 30), duration_s: 86_400, date: '2026-06-01' }
  const { run, result } = prepareSiteRun({ site, ...day, seed: 1, policy: site.policy })
  run.finish()
  return new Map(siteSummary(result(), site.timezone, 'en'))
}

describe('summary of a site', () => {
  it('tells the period by the clocks of the site', () => {
    const period = '2026-06-01T00:00:00+05:30 to 2026-06-02T00:00:00+05:30, seed 1'
    expect(summaryOf('').get('Period')).toBe(period)
  })

  it('counts drivers where there is something to tell', () => {
    expect(summaryOf('').has('Drivers')).toBe(false)
    const announced = summaryOf('  announced: { share_frac: 1, lead_min: 30 }\n')
    expect(announced.get('Drivers')).toMatch(
      /^[1-9]\d* announced, 0 without a driver, 0 waited for a better connector, 0 sent on/,
    )
  })
})
