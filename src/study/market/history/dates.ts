const MONTHS = 12
const DAYS = 365

/** A day `2023-05-25` as a year with decimals: year + (month - 1)/12 + (day - 1)/365. A year or month means its first day. */
export function yearOf(date: string): number {
  const [year = Number.NaN, month = 1, day = 1] = date.split('-').map(Number)
  return year + (month - 1) / MONTHS + (day - 1) / DAYS
}
