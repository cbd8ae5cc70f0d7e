export { cabinetParameters } from './cabinet.ts'
export { cableParameters } from './cable.ts'
export { type CableOfPlug, type CablePlace, cableOfPlug } from './choose-cable.ts'
export { archetypeOf, type Compiled } from './facts.ts'
export {
  acCablingParameters,
  type GridPathParameters,
  gridPathLoss_kW,
  transformerParameters,
} from './grid.ts'
export { matrixObstacles, matrixParameters } from './matrix.ts'
export { moduleParameters } from './module.ts'
export {
  contactorParameters,
  emiFilterParameters,
  fuseParameters,
  insulationMonitorParameters,
  type OutputProtection,
  outputProtection,
} from './protection.ts'
export { scaledCable, scaledModule } from './scale.ts'
export { type SensorParameters, sensorParameters, sensorsOfCable, type ThermometerLaw } from './sensor.ts'
export { type CabinetOfSite, cabinetOfSite } from './site-cabinet.ts'
