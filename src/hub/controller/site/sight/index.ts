export { csms, perfect, type SightName, type SightParameters, sights } from './parameters.ts'
export { type Arrival, type Sample, Sight, type SightSettings, type SightSnapshot, type Truth } from './sight.ts'
