import { z } from 'zod'
import { positiveQuantity, signedQuantity } from '../../../base/documents/index.ts'
import { sensedQuantities, sensorFailures } from './choices.ts'
import { head, known, knownFraction, knownPositive, knownTemperature, origin } from './component-common.ts'

export const fuseSchema = () =>
  z.strictObject({
    ...head('fuse'),
    rated_A: knownPositive('A', 'rated current'),
    rated_V: knownPositive('V', 'rated voltage'),
    melting_A2s: positiveQuantity('A2s', 'I2t up to melting'),
    breaking_A: knownPositive('A', 'highest current it breaks'),
    ...origin,
  })

export const contactorSchema = () =>
  z.strictObject({
    ...head('contactor'),
    rated_A: knownPositive('A', 'rated current'),
    rated_V: knownPositive('V', 'rated voltage'),
    close_s: known('s', 'longest time to close'),
    open_s: known('s', 'longest time to open'),
    makeMismatch_V: knownPositive('V', 'voltage across it above which it must not close'),
    breakCurrent_A: knownPositive('A', 'current above which it must not open'),
    resistance_ohm: knownPositive('ohm', 'closed'),
    cycles: z.int().min(1).nullable().default(null).meta({ description: 'operations without load it is made for' }),
    ...origin,
  })

/** Watches the insulation of a DC output. */
export const insulationMonitorSchema = () =>
  z.strictObject({
    ...head('insulationMonitor'),
    fastUpTo_ohm: positiveQuantity('ohm', 'one-sided faults at or below this are told fast'),
    fast_s: positiveQuantity('s', 'longest time to tell such a fault'),
    other_s: positiveQuantity('s', 'longest time to tell any other'),
    sample_s: known('s', 'time between two readings'),
    selfTest_s: known('s', 'longest time of its self-test'),
    maxLeakage_F: knownPositive('F', 'highest leakage capacitance of the net'),
    chademoLeakage_F: knownPositive('F', 'the same in CHAdeMO mode'),
    ...origin,
  })

/** Filter against interference, one in each module. */
export const emiFilterSchema = () =>
  z.strictObject({
    ...head('emiFilter'),
    yCapacitance_F: known('F', 'from both poles to earth together'),
    messageLoss_frac: knownFraction('share of messages lost by interference at full power'),
    ...origin,
  })

export const sensorSchema = () =>
  z.strictObject({
    ...head('sensor'),
    quantity: z.enum(sensedQuantities).meta({ description: 'what it measures' }),
    lag_s: known('s', 'first-order lag'),
    sample_s: known('s', 'time between two readings'),
    resistance: z
      .strictObject({
        zero_ohm: positiveQuantity('ohm', 'resistance at 0 degC'),
        linear_perK: signedQuantity('perK', 'A of R0 (1 + A T + B T^2)'),
        square_perK2: signedQuantity('perK2', 'B of R0 (1 + A T + B T^2)'),
        lowest_ohm: knownPositive('ohm', 'a reading below is a short'),
        highest_ohm: knownPositive('ohm', 'a reading above is a break'),
      })
      .nullable()
      .default(null)
      .meta({ description: 'resistance over temperature; null: no resistance thermometer' }),
    error_K: known('K', 'error of a reading'),
    lowest_degC: knownTemperature('lowest temperature it reads'),
    highest_degC: knownTemperature('highest temperature it reads'),
    failures: z.array(z.enum(sensorFailures)).default([]).meta({ description: 'ways in which it is known to fail' }),
    ...origin,
  })
