/** Sessions a day at each of the stations: one of its two plugs is mostly in use. */
const SESSIONS_perDay = 30
const STATION_kW = 400

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
  - { id: ${JSON.stringify(id)}, product: alp_hyc_400, count: ${count} }
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
