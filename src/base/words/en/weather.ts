/** The air of a run, and files that have it. */
export const weather = {
  'weather.option': 'file with temperatures of the air: CSV, EPW, typical year of PVGIS or NREL (implies --physics)',
  'weather.form': 'this is no file with temperatures that is known',
  'weather.fix.form':
    'give a CSV with the columns time and temperature_degC, an EPW file, or a typical year of PVGIS or NREL',
  'weather.notRising': 'the time is not later than that of the row before',
  'weather.notLikely': '{found} °C is no temperature of air; it lies between {low_degC} and {high_degC}',
  'weather.more': '{count} more rows are wrong',
  'weather.tooFew': 'the file has fewer than two temperatures',
  'weather.noOffset': 'the header does not say how far its clock is from UTC',
  'weather.notWholeYear': 'a typical year has 365 days and this file {days}',
  'weather.notCovered': 'the file goes from {first} to {last} and the run from {from} to {to} (UTC)',
  'weather.fix.covers': 'choose days of the file with --from and --days, or give a file with a whole year',
  'weather.air': 'Air',
  'weather.inRun': '{low} to {high} °C in this run, {mean} °C on average',
  'site.ambientOne': 'the air follows either a daily wave or a weather file',
  'site.fix.ambientOne': 'state either daily: or weather:',
  'site.ambientOrder': 'the lowest temperature {low_degC} °C is above the highest, {high_degC} °C',
} as const
