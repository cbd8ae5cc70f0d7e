import type { CabinetPolicy } from '../../standards/schema/index.ts'
import type { DeratingLadder } from '../cable/index.ts'

/** Ids of the archetypes that stand in where a record leaves something open. */
export const archetypes = {
  contact: { uncooled: 'contact-uncooled', cooled: 'contact-ccs-cooled' },
  vehicleInterface: { uncooled: 'inlet-small', cooled: 'inlet-passive' },
  cable: 'oil-ccs-500',
  coolant: 'dielectric-oil',
  pump: 'pump-oil-60',
  radiator: 'radiator-150',
  joint: 'bolted-copper-tinned',
  sensor: 'pt1000',
  fuse: 'dc-fuse',
  contactor: 'dc-contactor',
  insulationMonitor: 'bender-isocha425',
  emiFilter: 'module-filter',
  module: 'sic-air-30',
  /** Modules whose ids start so differ in size only. */
  moduleSeries: 'sic-air-',
  matrix: 'full-matrix',
} as const

/**
 * Temperature of insulation and contacts that must not be passed: 90 degC; special insulation stands 105 to 125. An
 * estimate.
 */
export const LIMIT_degC = 90

/** Derating in steps: an estimate, chosen so that a trip is never reached in normal service. */
export const ladder: DeratingLadder = { drop_degC: 88, recover_degC: 83, trip_degC: LIMIT_degC, step_frac: 0.05 }

/** Power of the flow with which heat passes from a wall into the coolant. An estimate. */
export const FILM_FLOW = 0.4

/**
 * Lag of the sensor at the hot end of a cooled conductor. An estimate: without such a sensor thin immersed conductors pass their limit
 * unseen, since the contact stays cool.
 */
export const CONDUCTOR_LAG_s = 5

/** Share of a cooler's conductance that is left with the fan off. An estimate. */
export const FAN_OFF_frac = 0.1

/** Rise of the resistance of contacts. An estimate: contacts are copper alloy with films. */
export const CONTACT_perK = 0.003

/** Modules without stated current reach rated power at this voltage, and go from the lower to the upper voltage. */
export const moduleWindow = { full_V: 300, min_V: 150, max_V: 1000 } as const

/** The output of a module is off for so long while its halves change places. An estimate. */
export const MODE_CHANGE_s = 1

/**
 * What a cabinet without stated values draws and loses. Standby after 50, 100, 150 W of 200, 400, 600 kW; the rest are
 * estimates.
 */
export const cabinetLosses = { standby_WperkW: 0.25, fans_frac: 0.002, bus_frac: 0.007 } as const

/** Air at the modules over ambient, where no table of the cabinet tells what it does in heat. An estimate. */
export const AIR_RISE_K = 10

/** Cabinets that do not say how they share give every output equally much. */
export const USUAL_POLICY: CabinetPolicy = 'democratic'

/** Size of the modules of a cabinet that does not say: the last row whose power it reaches. An estimate. */
export const usualModules = [
  { from_kW: 0, module_kW: 20 },
  { from_kW: 120, module_kW: 30 },
  { from_kW: 400, module_kW: 40 },
] as const
