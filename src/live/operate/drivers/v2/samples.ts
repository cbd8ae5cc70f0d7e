import type { MeterValueType, SampledValueType } from 'typed-ocpp/dist/ocpp21/types.js'
import { readSample, type Sample, type SampledValue } from '../../metering/sample.ts'
import { timeOf } from '../driver.ts'

function sampledValue({ value, measurand, unitOfMeasure, phase, location, context }: SampledValueType): SampledValue {
  return {
    value,
    measurand: measurand ?? '',
    unit: unitOfMeasure?.unit ?? '',
    multiplier: unitOfMeasure?.multiplier ?? 0,
    phase: phase ?? '',
    location: location ?? '',
    context: context ?? '',
  }
}

/** Meter values of 2.x; one whose time cannot be read is taken as of now. */
export function samplesOf(values: readonly MeterValueType[], now_ms: number): readonly Sample[] {
  return values.map(({ timestamp, sampledValue: all }) =>
    readSample(timeOf(timestamp) ?? now_ms, all.map(sampledValue)),
  )
}
