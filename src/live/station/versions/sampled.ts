import type { Reading } from '../notes.ts'

interface Value {
  readonly measurand: string
  readonly value: number
  readonly unit: string
  /** Where it is measured, when that is not the outlet. */
  readonly location?: string
}

/** What a reading shows, by the names of the standard. */
function valuesOf({
  energy_Wh,
  power_W,
  current_A,
  voltage_V,
  soc_frac,
  cable_degC,
  offered_W,
}: Reading): readonly Value[] {
  const value = (measurand: string, shown: number | null, unit: string, location?: string): Value[] =>
    shown === null ? [] : [{ measurand, value: shown, unit, ...(location ? { location } : {}) }]
  return [
    ...value('Energy.Active.Import.Register', energy_Wh, 'Wh'),
    ...value('Power.Active.Import', power_W, 'W'),
    ...value('Current.Import', current_A, 'A'),
    ...value('Voltage', voltage_V, 'V'),
    ...value('SoC', soc_frac === null ? null : Math.round(soc_frac * 1000) / 10, 'Percent', 'EV'),
    ...value('Power.Offered', offered_W, 'W'),
    ...value('Temperature', cable_degC, 'Celsius', 'Cable'),
  ]
}

/** Values of 1.6 are text. */
export function sampled16(reading: Reading, context: string): object[] {
  return valuesOf(reading).map(({ value, location, ...rest }) => ({
    ...rest,
    value: String(value),
    context,
    // 1.6 knows the body of the station, but not its cables.
    ...(location ? { location: location === 'Cable' ? 'Outlet' : location } : {}),
  }))
}

/** 2.x has no measurand for temperatures. */
export function sampled2(reading: Reading, context: string): object[] {
  return valuesOf(reading)
    .filter(({ measurand }) => measurand !== 'Temperature')
    .map(({ measurand, value, unit, location }) => ({
      ...{ measurand, value, context },
      ...(location ? { location } : {}),
      ...(unit === 'Percent' ? { unitOfMeasure: { unit } } : { unitOfMeasure: { unit, multiplier: 0 } }),
    }))
}
