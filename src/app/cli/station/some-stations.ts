/** Sessions a day at each of the stations: one of its two plugs is mostly in use. */
const SESSIONS_perDay = 30
const STATION_kW = 400

/** Posts of one row; more are several rows, which have a number of their own. */
const ROW = 200

function rows(id: string, count: number): readonly string[] {
  const total = Math.ceil(count / ROW)
  return Array.from({ length: total }, (_, row) => {
    const name = total === 1 ? id : `${id}-${row + 1}`
    return `  - { id: ${JSON.stringify(name)}, product: alp_hyc_400, count: ${Math.min(ROW, count - row * ROW)} }`
  })
}

/** A site of equal posts for cars of today, for those who want stations and have no site file. */
export function someStations(id: string, count: number): string {
  return `
version: 1
name: ${JSON.stringify(id)}
timezone: UTC
location: { latitude_deg: 50, longitude_deg: 8, country: DE }
currency: EUR
ambient_degC: 15
grid: { import_kW: ${count * STATION_kW} }
stations:
${rows(id, count).join('\n')}
demand:
  sessions_perDay: ${count * SESSIONS_perDay}
  profile:
    weekday: [${Array.from({ length: 24 }, () => 1).join(', ')}]
  arrival: { mean_frac: 0.25, sd_frac: 0.1, min_frac: 0.05, max_frac: 0.5 }
  target: { mean_frac: 0.8, sd_frac: 0.05, min_frac: 0.6, max_frac: 0.95 }
  queue: { places: ${2 * count}, patience: { mean_min: 30, distribution: exponential } }
  fleet:
    - { vehicle: vw-id4-77-2021, share_frac: 0.4 }
    - { vehicle: hyundai-ioniq5-2021, share_frac: 0.3 }
    - { vehicle: bmw-ix3-nk-2026, share_frac: 0.3 }
`
}
