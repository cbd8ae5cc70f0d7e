import { z } from 'zod'
import { positiveQuantity, quantity, signedQuantity } from '../../../base/documents/index.ts'
import { cableCoolings } from './choices.ts'
import { idSchema } from './common.ts'
import {
  head,
  known,
  knownFraction,
  knownPositive,
  knownTemperature,
  optionalPart,
  origin,
  part,
} from './component-common.ts'

/** No charging cable is longer, no conductor thicker: beyond it somebody wrote another unit. */
const MAX_LENGTH_m = 50
const MIN_AREA_mm2 = 1
const MAX_AREA_mm2 = 1000

/** What carries the current, per unit of length and area. */
export const conductorSchema = () =>
  z.strictObject({
    ...head('conductor'),
    form: z.enum(['strand', 'tube', 'bar']).meta({
      description: 'strand: flexible strands; tube: hollow, coolant flows inside; bar: busbar',
    }),
    resistivity_ohmm: positiveQuantity('ohmm', 'resistivity at 20 degC'),
    temperatureCoefficient_perK: quantity('perK', 'rise of resistance with temperature, from 20 degC'),
    density_kgperm3: positiveQuantity('kgperm3', 'density'),
    specificHeat_JperkgK: positiveQuantity('JperkgK', 'specific heat'),
    conductivity_WpermK: positiveQuantity('WpermK', 'thermal conductivity'),
    lay_frac: quantity('frac', 'how much longer a strand is than its cable').max(1),
    ...origin,
  })

const contactValues = () => ({
  resistance_ohm: knownPositive('ohm', 'pin and socket of one pole at 20 degC'),
  temperatureCoefficient_perK: known('perK', 'rise of this resistance with temperature, from 20 degC'),
  capacity_JperK: knownPositive('JperK', 'heat capacity of one pole'),
  toWire_WperK: known('WperK', 'conductance from one contact to its conductor; null: that of a long thin rod'),
  toInlet_WperK: known('WperK', 'conductance from one contact to the terminal of the vehicle'),
  toAmbient_WperK: known('WperK', 'conductance from one contact to the air'),
  toCoolant_WperK: known('WperK', 'conductance from one contact to the coolant at full flow; null: none flows there'),
  max_degC: knownTemperature('temperature it must not pass'),
  maxRise_K: known('K', 'rise over ambient allowed in a type test'),
})

/** Pin and socket of a connector. */
export const contactSchema = () =>
  z.strictObject({
    ...head('contact'),
    connectors: z.array(idSchema).default([]).meta({ description: 'couplers it is the contact of' }),
    grip_degC: knownTemperature('temperature the grip of its plug must not pass'),
    ...contactValues(),
    ...origin,
  })

export const coolantSchema = () =>
  z.strictObject({
    ...head('coolant'),
    base: z.enum(['water', 'water-glycol', 'oil', 'ester']).meta({ description: 'what it mostly is' }),
    dielectric: z.boolean().meta({ description: 'may touch live copper' }),
    density_kgperm3: positiveQuantity('kgperm3', 'density'),
    specificHeat_JperkgK: positiveQuantity('JperkgK', 'specific heat'),
    conductivity_WpermK: positiveQuantity('WpermK', 'thermal conductivity'),
    viscosityAt40_Pas: positiveQuantity('Pas', 'dynamic viscosity at 40 degC'),
    viscosityFall_perK: quantity('perK', 'exponent of its fall with temperature: mu40 exp(-b (T - 40))'),
    lowest_degC: knownTemperature('temperature below which it does not flow'),
    ...origin,
  })

const pumpValues = () => ({
  power_W: known('W', 'electric power, all of which ends up in the coolant'),
  shutOff_Pa: knownPositive('Pa', 'pressure at full speed with nothing flowing'),
  curve_Pas2perm6: known('Pas2perm6', 'fall of pressure with the square of the flow'),
})

export const pumpSchema = () =>
  z.strictObject({
    ...head('pump'),
    ...pumpValues(),
    maxFlow_lpermin: knownPositive('lpermin', 'flow it is sold for'),
    ...origin,
  })

const radiatorValues = () => ({
  fanOn_WperK: knownPositive('WperK', 'conductance from coolant to air'),
  fanOff_WperK: known('WperK', 'the same with the fan off; null: a tenth'),
})

/** Cooler of coolant by air, with its fan. */
export const radiatorSchema = () =>
  z.strictObject({
    ...head('radiator'),
    ...radiatorValues(),
    fan_W: known('W', 'electric power of the fan'),
    ...origin,
  })

const inletValues = () => ({
  resistance_ohm: knownPositive('ohm', 'terminal of one pole at 20 degC'),
  temperatureCoefficient_perK: known('perK', 'rise of this resistance with temperature, from 20 degC'),
  capacity_JperK: knownPositive('JperK', 'heat capacity of one pole'),
  toAmbient_WperK: known('WperK', 'conductance from one terminal to the air'),
  toPackCoolant_WperK: known('WperK', 'conductance from one terminal to the coolant of the pack; null: not cooled'),
  packCoolant_degC: knownTemperature('coolant of the pack, where nothing else is known'),
  max_degC: knownTemperature('temperature it must not pass'),
})

/** Conductor between inlet and pack of the vehicle. */
const packLineSchema = () =>
  z.strictObject({
    conductor: part('what it is made of; a tube carries the coolant of the pack from the plug to the pack'),
    area_mm2: positiveQuantity('mm2', 'cross-section of one pole').min(MIN_AREA_mm2).max(MAX_AREA_mm2),
    length_m: positiveQuantity('m', 'one way').max(MAX_LENGTH_m),
    channelDiameter_m: knownPositive('m', 'bore of a tube'),
    wireToCoolant_KmperW: knownPositive('KmperW', 'between conductor and coolant in it, per pole and metre'),
    wireToAmbient_WperKm: known('WperKm', 'to the air, per pole and metre'),
    max_degC: knownTemperature('temperature it must not pass; null: that of the inlet'),
    joint: optionalPart('how it is joined to the pack'),
  })

/** What a plug meets at the vehicle: its inlet, and how that is cooled. */
export const vehicleInterfaceSchema = () =>
  z.strictObject({
    ...head('vehicleInterface'),
    connectors: z.array(idSchema).default([]).meta({ description: 'couplers it is the inlet of' }),
    ...inletValues(),
    coolant: optionalPart('coolant of the pack'),
    line: packLineSchema()
      .nullable()
      .default(null)
      .meta({ description: 'conductor from inlet to pack; null: left out' }),
    ...origin,
  })

/** Two busbars bolted together. */
export const jointSchema = () =>
  z.strictObject({
    ...head('joint'),
    resistance_ohm: positiveQuantity('ohm', 'resistance of the new joint at 20 degC'),
    temperatureCoefficient_perK: quantity('perK', 'rise of this resistance with temperature, from 20 degC'),
    capacity_JperK: knownPositive('JperK', 'heat capacity'),
    toAmbient_WperK: known('WperK', 'conductance to the air'),
    max_degC: knownTemperature('temperature it must not pass'),
    ageing: z
      .strictObject({
        firstYear_frac: quantity(
          'frac',
          'rise of resistance in the first year; it goes on with the square root of time',
        ),
        reference_degC: signedQuantity('degC', 'temperature for which it holds'),
        doubling_K: positiveQuantity('K', 'further kelvins that double the speed of ageing'),
      })
      .nullable()
      .default(null)
      .meta({ description: 'how resistance grows with age; null: not known' }),
    ...origin,
  })

const ladderSchema = () =>
  z
    .strictObject({
      drop_degC: signedQuantity('degC', 'current goes one step down each time this is reached'),
      recover_degC: signedQuantity('degC', 'and one step up at this'),
      trip_degC: signedQuantity('degC', 'current is switched off at this'),
      step_frac: quantity('frac', 'size of a step as a share of the current asked for').gt(0).max(1),
    })
    .nullable()
    .default(null)
    .meta({ description: 'steps in which current is taken back; null: those of the class' })

/** Values of the named parts that are different in this cable; null: as the part has it. */
const overridesSchema = () =>
  z
    .strictObject({
      contact: z.strictObject(contactValues()).nullable().default(null).meta({ description: 'of the contact' }),
      pump: z.strictObject(pumpValues()).nullable().default(null).meta({ description: 'of the pump' }),
      radiator: z.strictObject(radiatorValues()).nullable().default(null).meta({ description: 'of the radiator' }),
      vehicleInterface: z.strictObject(inletValues()).nullable().default(null).meta({ description: 'of the inlet' }),
    })
    .nullable()
    .default(null)
    .meta({ description: 'values of its parts that are different here; null: none' })

/** A charging cable with the parts it is built from. Values are per pole where they say so. */
export const cableSchema = () =>
  z.strictObject({
    ...head('cable'),
    connectors: z.array(idSchema).default([]).meta({ description: 'couplers it may carry' }),
    cooling: z.enum(cableCoolings).meta({
      description:
        'none: air only; liquid: coolant beside the conductor; immersed: coolant around the strands; local: only a part of it',
    }),
    ratedCurrent_A: knownPositive('A', 'continuous current it is sold for'),
    maxVoltage_V: knownPositive('V', 'highest voltage it is sold for'),
    conductor: part('what carries the current'),
    area_mm2: positiveQuantity('mm2', 'cross-section of one pole').min(MIN_AREA_mm2).max(MAX_AREA_mm2),
    length_m: positiveQuantity('m', 'one way').max(MAX_LENGTH_m),
    contact: part('pin and socket'),
    vehicleInterface: part('inlet it is reckoned with'),
    sheathCapacity_JperKm: known(
      'JperKm',
      'heat capacity of insulation and sheath, per pole and metre; null: by geometry',
    ),
    wireToAmbient_WperKm: known('WperKm', 'conductor to air, per pole and metre; null: by geometry'),
    coolant: optionalPart('coolant; null: none'),
    pump: optionalPart('pump; null: none'),
    radiator: optionalPart('cooler; null: none'),
    wireToCoolant_KmperW: knownPositive('KmperW', 'between conductor and coolant at full flow, per pole and metre'),
    filmFlow_frac: knownFraction('power of the flow with which heat passes into the coolant; null: 0.4'),
    capacityRate_WperK: knownPositive(
      'WperK',
      'heat the coolant carries at full flow: density, specific heat and volume flow',
    ),
    tank_JperK: knownPositive('JperK', 'heat capacity of all coolant and the tank'),
    stagnantCapacity_JperKm: known('JperKm', 'coolant that stands in the cable without flow, per pole and metre'),
    feed: z.enum(['series', 'parallel']).nullable().default(null).meta({
      description:
        'series: out along one pole and back along the other; parallel: contacts get fresh coolant; null: series',
    }),
    channelLength_m: knownPositive('m', 'length of the coolant channel, out and back'),
    channelDiameter_m: knownPositive('m', 'bore of a round channel that resists as much'),
    max_degC: knownTemperature('temperature the conductor must not pass; null: that of the class'),
    derating: ladderSchema(),
    sensors: z.array(part('sensor')).default([]).meta({ description: 'its sensors; empty: those of the class' }),
    overrides: overridesSchema(),
    ...origin,
  })
