import type { Catalogue } from '../../standards/index.ts'
import type { ComponentOf } from '../../standards/schema/index.ts'
import { archetypes } from './defaults.ts'
import { archetypeOf, type Compiled, Facts, partOf } from './facts.ts'

/** Resistance thermometer: R0 (1 + A T + B T^2); readings beyond the range are a short or a break. */
export interface ThermometerLaw {
  readonly zero_ohm: number
  readonly linear_perK: number
  readonly square_perK2: number
  readonly lowest_ohm: number
  readonly highest_ohm: number
}

/** A sensor between truth and what is read. */
export interface SensorParameters {
  readonly quantity: ComponentOf<'sensor'>['quantity']
  readonly lag_s: number
  readonly sample_s: number
  /** null: no resistance thermometer. */
  readonly thermometer: ThermometerLaw | null
  readonly failures: ComponentOf<'sensor'>['failures']
}

function usualSensor(): ComponentOf<'sensor'> {
  return archetypeOf('sensor', archetypes.sensor)
}

function lagOf(facts: Facts, sensor: ComponentOf<'sensor'>): number {
  return facts.or(sensor, 'lag_s', usualSensor().lag_s ?? 0)
}

/** Lag of the sensor at the contacts of a cable: its first thermometer, else the archetype. */
export function sensorLag_s(facts: Facts, cable: ComponentOf<'cable'>, catalogue: Catalogue): number {
  const sensors = cable.sensors.map((id) => partOf(catalogue, 'sensor', id))
  const thermometer = sensors.find(({ quantity }) => quantity === 'temperature')
  return lagOf(facts, thermometer ?? facts.assume('cable', 'sensors', usualSensor()))
}

function lawOf(facts: Facts, sensor: ComponentOf<'sensor'>): ThermometerLaw | null {
  const law = facts.of(sensor, 'resistance')
  if (law === null) return null
  const { zero_ohm, linear_perK, square_perK2 } = law
  return {
    ...{ zero_ohm, linear_perK, square_perK2 },
    lowest_ohm: law.lowest_ohm ?? facts.assume('sensor', 'resistance.lowest_ohm', 0),
    highest_ohm: law.highest_ohm ?? facts.assume('sensor', 'resistance.highest_ohm', Number.POSITIVE_INFINITY),
  }
}

/** Compiles a sensor; lag and sampling it does not state are those of a Pt1000 at a contact. */
export function sensorParameters(record: ComponentOf<'sensor'>): Compiled<SensorParameters> {
  const facts = new Facts()
  return facts.compiled({
    quantity: facts.of(record, 'quantity'),
    lag_s: lagOf(facts, record),
    sample_s: facts.or(record, 'sample_s', usualSensor().sample_s ?? 0),
    thermometer: lawOf(facts, record),
    failures: record.failures,
  })
}

/** Sensors of a cable: what its dispenser knows of it. One that states none has a thermometer at its contacts. */
export function sensorsOfCable(
  cable: ComponentOf<'cable'>,
  catalogue: Catalogue,
): Compiled<readonly SensorParameters[]> {
  const facts = new Facts()
  const stated = cable.sensors.map((id) => partOf(catalogue, 'sensor', id))
  const sensors = stated.length > 0 ? stated : [facts.assume('cable', 'sensors', usualSensor())]
  const compiled = sensors.map(sensorParameters)
  for (const one of compiled) facts.add(one)
  return facts.compiled(compiled.map(({ parameters }) => parameters))
}
