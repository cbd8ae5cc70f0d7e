import { type Bar, largestBars } from './bars.ts'
import type { Writer } from './writer.ts'

const MOST_BARS = 12

/** Something with energy to its name. */
export interface EnergyRow {
  readonly label: string
  readonly energy_kWh: number
}

/** Bars of rows sorted by energy; what does not fit is summed up. */
export function energyBars(rows: readonly EnergyRow[], writer: Writer): readonly Bar[] {
  const bar = (label: string, energy_kWh: number): Bar => ({
    label,
    value: energy_kWh,
    text: writer.energy(energy_kWh),
  })
  const bars = rows.map(({ label, energy_kWh }) => bar(label, energy_kWh))
  return largestBars(bars, MOST_BARS, (rest) =>
    bar(
      writer.say('report.bars.others', { count: writer.number(rest.length) }),
      rest.reduce((sum, { value }) => sum + value, 0),
    ),
  )
}
