import { z } from 'zod'
import { fraction, positiveQuantity, quantity } from '../../../base/documents/index.ts'
import { cabinetPolicies, matrixTopologies } from './choices.ts'
import {
  altitudeSchema,
  deratingSchema,
  head,
  known,
  knownFraction,
  knownPositive,
  optionalPart,
  origin,
  part,
} from './component-common.ts'

const MAX_MODULES = 200
const MAX_OUTPUTS = 64

/** Loss as a share of rated power over the load x: k0 + k1 x + k2 x^2 (reference_V / V)^2. */
const lossSchema = () =>
  z
    .strictObject({
      noLoad_frac: fraction('k0: at no load'),
      linear_frac: fraction('k1: in proportion to the load'),
      square_frac: fraction('k2: with the square of the current'),
      reference_V: knownPositive('V', 'output voltage for which k2 holds; null: loss does not depend on voltage'),
    })
    .nullable()
    .default(null)
    .meta({
      description: 'loss as a share of rated power: k0 + k1 x + k2 x^2 (reference_V / V)^2 at load x; null: not known',
    })

/** A DC/DC or AC/DC power module. */
export const moduleSchema = () =>
  z.strictObject({
    ...head('module'),
    semiconductor: z.enum(['Si', 'SiC']).nullable().default(null).meta({ description: 'switches it is built with' }),
    cooling: z.enum(['air', 'liquid']).nullable().default(null).meta({ description: 'how its heat leaves' }),
    power_kW: positiveQuantity('kW', 'rated power'),
    minVoltage_V: known('V', 'lowest output voltage'),
    maxVoltage_V: knownPositive('V', 'highest output voltage'),
    maxCurrent_A: knownPositive('A', 'highest output current; null: follows from constant power'),
    constantPowerFrom_V: knownPositive('V', 'rated power from this voltage on; null: from power and current'),
    modes: z
      .strictObject({
        up_V: positiveQuantity('V', 'requested voltage above which it goes to high mode'),
        down_V: positiveQuantity('V', 'requested voltage below which it goes back'),
        off_s: known('s', 'output is off while it changes'),
        highCurrent_A: knownPositive('A', 'highest current in high mode; null: half of that in low mode'),
        separable: z.boolean().meta({ description: 'in low mode each half can serve another output' }),
      })
      .nullable()
      .default(null)
      .meta({ description: 'halves in parallel or in series, by the voltage asked for; null: one mode' }),
    loss: lossSchema(),
    peakEfficiency_frac: knownFraction('best efficiency published or reckoned'),
    derating: deratingSchema,
    altitude: altitudeSchema,
    standby_W: known('W', 'draws so much when idle'),
    rampUp_Apers: knownPositive('Apers', 'fastest rise of current'),
    rampDown_Apers: knownPositive('Apers', 'fastest fall of current'),
    shareError_A: known('A', 'unequal sharing between parallel modules'),
    ...origin,
  })

/** How modules reach outputs, and what a move costs. */
export const matrixSchema = () =>
  z.strictObject({
    ...head('matrix'),
    topology: z.enum(matrixTopologies).meta({
      description:
        'full: any module to any output; partial: each to some; ring: outputs take arcs of a loop; paired: modules in switched pairs; bus: one DC bus, no moves',
    }),
    outputs: z.int().min(1).max(MAX_OUTPUTS).nullable().default(null).meta({
      description: 'outputs it was built for; null: as many as its cabinet has',
    }),
    reach: z
      .array(z.array(z.int().min(1).max(MAX_OUTPUTS)).min(1))
      .max(MAX_MODULES)
      .nullable()
      .default(null)
      .meta({ description: 'outputs each module reaches, numbered from 1; null: by topology' }),
    ownModules: z.int().min(0).max(MAX_MODULES).nullable().default(null).meta({
      description: 'partial: so many modules of each output reach only that, the others all; null: not so built',
    }),
    homes: z.array(z.int().min(1).max(MAX_MODULES)).nullable().default(null).meta({
      description: 'ring: module each output is joined at, numbered from 1; null: evenly spaced',
    }),
    contactor: optionalPart('contactor it is built from'),
    move_s: known('s', 'time a module is without output when it moves'),
    hold_s: known('s', 'time a module stays after a move'),
    precharge_s: known('s', 'time to match voltage before closing'),
    ...origin,
  })

/** Power electronics in one housing. */
export const cabinetComponentSchema = () =>
  z.strictObject({
    ...head('cabinet'),
    modules: z
      .array(
        z.strictObject({
          module: part('power module'),
          count: z.int().min(1).max(MAX_MODULES).meta({ description: 'how many' }),
        }),
      )
      .min(1)
      .max(16)
      .meta({ description: 'its power modules' }),
    matrix: part('switching matrix'),
    outputs: z.int().min(1).max(MAX_OUTPUTS).meta({ description: 'outputs that can be live at once' }),
    power_kW: knownPositive('kW', 'power all outputs share; null: that of the modules'),
    outputPower_kW: knownPositive('kW', 'highest power of one output; null: that of all'),
    outputCurrent_A: knownPositive('A', 'highest current of one output'),
    policy: z
      .enum(cabinetPolicies)
      .nullable()
      .default(null)
      .meta({ description: 'how modules are shared; null: not told' }),
    floor_kW: known('kW', 'power an output keeps while others want more'),
    derating: deratingSchema,
    altitude: altitudeSchema,
    efficiency_frac: knownFraction('published at full load, from its input to its outputs'),
    powerFactor_frac: knownFraction('published power factor'),
    busLoss_frac: knownFraction('share lost in DC bus and matrix'),
    fans_frac: knownFraction('power of fans as a share of output'),
    airRise_K: known('K', 'air at the modules over ambient at full load'),
    standby_W: known('W', 'draws so much when idle'),
    fuse: optionalPart('fuse of an output'),
    contactor: optionalPart('contactors of an output'),
    insulationMonitor: optionalPart('insulation monitor of an output'),
    emiFilter: optionalPart('filter of a module'),
    ...origin,
  })

export const transformerSchema = () =>
  z.strictObject({
    ...head('transformer'),
    rated_kVA: positiveQuantity('kVA', 'rated power'),
    noLoad_W: quantity('W', 'loss at no load'),
    load_W: quantity('W', 'further loss at rated power; it goes with the square of the load'),
    ...origin,
  })

/** Low-voltage lines between transformer and cabinets. */
export const acCablingSchema = () =>
  z.strictObject({
    ...head('acCabling'),
    loss_frac: fraction('share lost at rated power; the loss goes with the square of the load'),
    ...origin,
  })
