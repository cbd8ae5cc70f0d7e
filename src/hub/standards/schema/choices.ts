// Lists of allowed values, apart from the schemas: who needs only these does not load a schema library.

/** How sure a fact is, surest first: standard text or several sources, one decent source, weak or no checked source. */
export const confidences = ['confirmed', 'reported', 'uncertain'] as const
export type Confidence = (typeof confidences)[number]

/** Markets a vehicle variant or a post belongs to; NA, EU, CN and JP are the ones a match can be asked for. */
export const markets = ['NA', 'US', 'CA', 'MX', 'EU', 'UK', 'CN', 'JP', 'KR', 'AU'] as const
export type Market = (typeof markets)[number]

/** Buses two sides talk over. */
export const signallings = ['can', 'plc', 'ethernet', 'pwm'] as const
export type Signalling = (typeof signallings)[number]

/** What a vehicle does where the post cannot reach the voltage of its pack. */
export const lowVoltageStrategies = [
  'native',
  'boost_motor_inverter',
  'dc_dc_booster',
  'onboard_charger_boost',
  'bank_switch',
  'converter',
  'intelligent_boost',
  'none',
  'none_at_launch',
  'unknown',
] as const

/** Kinds of cells told apart by the voltage of an open circuit. */
export const cellChemistries = ['NMC', 'LFP'] as const
export type CellChemistry = (typeof cellChemistries)[number]

/** Parts of a charging system. */
export const componentTypes = [
  'conductor',
  'cable',
  'contact',
  'coolant',
  'pump',
  'radiator',
  'vehicleInterface',
  'joint',
  'module',
  'matrix',
  'cabinet',
  'fuse',
  'contactor',
  'insulationMonitor',
  'emiFilter',
  'sensor',
  'transformer',
  'acCabling',
] as const
export type ComponentType = (typeof componentTypes)[number]

/** How heat leaves a cable. */
export const cableCoolings = ['none', 'liquid', 'immersed', 'local'] as const
export type CableCooling = (typeof cableCoolings)[number]

/** How modules reach outputs. */
export const matrixTopologies = ['full', 'partial', 'ring', 'paired', 'bus'] as const
export type MatrixTopology = (typeof matrixTopologies)[number]

/** How a cabinet shares its modules. */
export const cabinetPolicies = [
  'proportional-fair',
  'max-min',
  'relative-max-min',
  'max-throughput',
  'equal-split',
  'democratic',
  'priority',
  'sequential',
  'concurrent',
  'dynamic',
  'slices',
  'earliest-deadline',
  'shortest-remaining',
] as const
export type CabinetPolicy = (typeof cabinetPolicies)[number]

/** What a sensor of a charging system measures. */
export const sensedQuantities = ['temperature', 'flow', 'pressure', 'level', 'current', 'voltage'] as const
export type SensedQuantity = (typeof sensedQuantities)[number]

/** How a sensor fails. */
export const sensorFailures = ['open', 'short', 'drift', 'frozen', 'detached'] as const
export type SensorFailure = (typeof sensorFailures)[number]
