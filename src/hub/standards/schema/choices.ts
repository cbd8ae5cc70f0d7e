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
