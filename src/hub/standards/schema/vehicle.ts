import { z } from 'zod'
import { positiveQuantity, quantity } from '../../../base/documents/index.ts'
import { cellChemistries, lowVoltageStrategies } from './choices.ts'
import { confidenceSchema, dateSchema, idSchema, marketSchema, provenance, yearsSchema } from './common.ts'

const lowVoltageSchema = z.strictObject({
  strategy: z
    .enum(lowVoltageStrategies)
    .meta({ description: 'what the vehicle does where the post cannot reach pack voltage' }),
  floor_V: quantity('V', 'the post must reach more than this; null: no such floor known').nullable().default(null),
  maxPower_kW: quantity('kW', 'what the vehicle takes there; null: not found').nullable().default(null),
  option: idSchema.nullable().default(null).meta({ description: 'option that gives maxPower_kW; null: standard' }),
  withoutOption_kW: quantity('kW', 'what it takes without the option; null: not found').nullable().default(null),
  notes: z.string().default('').meta({ description: 'remarks for people' }),
})
export type LowVoltage = z.infer<typeof lowVoltageSchema>

export const inletSchema = z.strictObject({
  connector: idSchema.meta({ description: 'coupler' }),
  market: marketSchema.meta({ description: 'market of the variant' }),
  modelYears: yearsSchema,
  dc: z.boolean().meta({ description: 'takes direct current' }),
  side: z.string().nullable().default(null).meta({ description: 'where it sits' }),
  maxPower_kW: quantity('kW', 'peak over this inlet; null: not found').nullable().default(null),
  usedTogether: z
    .int()
    .positive()
    .default(1)
    .meta({ description: 'inlets of this kind that maxPower_kW needs together' }),
  option: idSchema.nullable().default(null).meta({ description: 'option that brings it; null: standard' }),
  notes: z.string().default('').meta({ description: 'remarks for people' }),
})
export type Inlet = z.infer<typeof inletSchema>

/** What a pack is made of, as far as somebody told; `hub/plant/vehicle` fills in what is missing by class and says so. */
const cellsSchema = z.strictObject({
  chemistry: z.enum(cellChemistries).nullable().default(null).meta({ description: 'cell chemistry; null: not told' }),
  series: z.int().positive().nullable().default(null).meta({ description: 'cells in series; null: not told' }),
  resistance_ohm: positiveQuantity('ohm', 'resistance of the pack at 25 degC; null: not told').nullable().default(null),
  heatCapacity_JperK: positiveQuantity('JperK', 'heat capacity of the pack; null: not told').nullable().default(null),
  cooling_kW: quantity('kW', 'heat its cooling takes out at most; null: not told').nullable().default(null),
  heater_kW: quantity('kW', 'heat its heater puts in while charging; null: not told').nullable().default(null),
})

const optionSchema = z.strictObject({
  addsProtocols: z.array(idSchema).default([]).meta({ description: 'protocols it brings' }),
  lowVoltage: lowVoltageSchema.nullable().default(null).meta({ description: 'low-voltage strategy it brings' }),
  standardIn: z
    .array(z.strictObject({ market: marketSchema, from: dateSchema }))
    .default([])
    .meta({ description: 'where and since when it is standard' }),
  notes: z.string().default('').meta({ description: 'remarks for people' }),
})

/** A vehicle as sold; which inlet it has depends on market, year and options. */
export const vehicleSchema = z.strictObject({
  id: idSchema,
  make: z.string().meta({ description: 'brand' }),
  model: z.string().meta({ description: 'model and variant' }),
  modelYears: yearsSchema,
  class: z
    .enum(['car', 'car-small', 'suv', 'mpv', 'van', 'pickup', 'truck', 'bus'])
    .meta({ description: 'vehicle class' }),
  status: z.enum(['product', 'archetype', 'trial']).default('product').meta({ description: 'what the record is' }),
  inlets: z.array(inletSchema).min(1).meta({ description: 'inlets by market, year and option' }),
  pack: z
    .strictObject({
      architecture_V: quantity('V', 'advertised architecture').nullable().default(null),
      nominal_V: quantity('V', 'nominal pack voltage').nullable().default(null),
      max_V: quantity('V', 'pack voltage when full').nullable().default(null),
      class_V: quantity('V', 'class voltage where the pack voltage is not known').nullable().default(null),
      usable_kWh: quantity('kWh', 'usable energy').nullable().default(null),
      gross_kWh: quantity('kWh', 'total energy').nullable().default(null),
      cells: cellsSchema.nullable().default(null).meta({ description: 'what it is made of; null: not told' }),
    })
    .meta({ description: 'traction battery' }),
  maxPower_kW: quantity('kW', 'peak on the best post; null: not found').nullable().default(null),
  maxCurrent_A: quantity('A', 'highest current; null: not stated').nullable().default(null),
  lowVoltage: lowVoltageSchema.meta({ description: 'where the post cannot reach pack voltage' }),
  protocols: z.array(idSchema).meta({ description: 'protocols without options' }),
  options: z.record(idSchema, optionSchema).default({}).meta({ description: 'what can be ordered or fitted' }),
  curve: z
    .strictObject({
      id: idSchema.meta({ description: 'id of the list of curves' }),
      confidence: confidenceSchema.meta({ description: 'how well that curve fits this vehicle' }),
      fitTo10to80_min: quantity('min', 'published 10-80 % time a class shape is fitted to; null: none')
        .nullable()
        .default(null),
      notes: z.string().default('').meta({ description: 'remarks for people' }),
    })
    .meta({ description: 'charge curve it is computed with' }),
  published: z
    .array(
      z.strictObject({
        from_frac: quantity('frac', 'state of charge at the start').nullable().default(null),
        to_frac: quantity('frac', 'state of charge at the end').nullable().default(null),
        duration_min: quantity('min', 'published time'),
        condition: z.string().meta({ description: 'under which condition' }),
      }),
    )
    .default([])
    .meta({ description: 'published charging times, to compare with' }),
  published10to80_min: quantity('min', 'published 10-80 % time on the best post').nullable().default(null),
  swapInterface: idSchema.nullable().default(null).meta({ description: 'swap interface of its pack; null: none' }),
  partnerAccess: z
    .strictObject({
      native: z.boolean().default(false).meta({ description: 'belongs to the network from the start' }),
      from: dateSchema
        .nullable()
        .default(null)
        .meta({ description: 'since when the brand is let in; null: not stated' }),
      minGeneration: z
        .string()
        .nullable()
        .default(null)
        .meta({ description: 'oldest post generation that works; null: any' }),
      maxPower_kW: quantity('kW', 'what the vehicle takes there; null: not stated').nullable().default(null),
      notes: z.string().default('').meta({ description: 'remarks for people' }),
    })
    .nullable()
    .default(null)
    .meta({ description: 'access to partner-gated networks; null: nothing found' }),
  ...provenance,
})
export type Vehicle = z.infer<typeof vehicleSchema>
export type VehicleOption = z.infer<typeof optionSchema>

/** A charge curve: power the vehicle accepts over state of charge, linear between points. */
export const curveSchema = z.strictObject({
  id: idSchema,
  name: z.string().meta({ description: 'what it is the curve of' }),
  kind: z
    .enum(['measured', 'openEvData', 'classShape'])
    .meta({ description: 'measured or published of a vehicle; from Open EV Data; shape of a class as share of peak' }),
  points: z
    .array(
      z.tuple([
        quantity('frac', 'state of charge').max(1),
        quantity('kW', 'power; in a class shape the share of the peak instead, 0 to 1'),
      ]),
    )
    .min(2)
    .meta({ description: 'pairs of soc_frac and power_kW, rising in soc_frac, linear between' }),
  fullCharge_kWh: positiveQuantity('kWh', 'energy at the plug from empty to full on the run it is from; null: not told')
    .nullable()
    .default(null),
  attribution: z.string().nullable().default(null).meta({ description: 'line that must be shown with it' }),
  ...provenance,
})
export type Curve = z.infer<typeof curveSchema>
