import { z } from 'zod'
import { quantity } from '../../../base/documents/index.ts'
import { idSchema, provenance } from './common.ts'

/** A piece between plug and inlet. Its socket is an inlet of type `plug`, its other end a plug of type `inlet`. */
export const adapterSchema = z.strictObject({
  id: idSchema,
  name: z.string().meta({ description: 'name people use' }),
  plug: idSchema.meta({ description: 'post side: any plug that enters an inlet of this type enters the adapter' }),
  inlet: idSchema.meta({ description: 'vehicle side: enters whatever a plug of this type enters' }),
  kind: z.enum(['passive', 'captive', 'mapping', 'active', 'none']).meta({
    description:
      'passive: contacts only; captive: part of the post; mapping: passive, pilots and bus re-wired; active: translates the protocol; none: does not exist',
  }),
  maxVoltage_V: quantity('V', 'rated voltage').nullable().default(null),
  maxCurrent_A: quantity('A', 'rated current').nullable().default(null),
  hotClimateCurrent_A: quantity('A', 'current to plan with at 35 degC ambient and above').nullable().default(null),
  maxPower_kW: quantity('kW', 'rated power').nullable().default(null),
  dc: z.boolean().meta({ description: 'passes direct current' }),
  ac: z.boolean().meta({ description: 'passes alternating current' }),
  postProtocols: z
    .array(idSchema)
    .default([])
    .meta({ description: 'one of these must be spoken by the post; empty: no session is possible' }),
  vehicleProtocols: z.array(idSchema).default([]).meta({
    description:
      'what it speaks towards the vehicle, one of which the vehicle must speak; empty: the protocol of the post passes through (a vehicle made for a mapping adapter speaks it)',
  }),
  requirements: z.array(z.string()).default([]).meta({ description: 'what the vehicle needs, in words' }),
  availability: z
    .enum(['available', 'greyMarket', 'pilot', 'concept', 'discontinued', 'warned', 'impossible'])
    .meta({ description: 'whether it can be had; impossible ones are never offered' }),
  vendor: z.string().nullable().default(null).meta({ description: 'who makes it' }),
  accessConditions: z.string().nullable().default(null).meta({ description: 'what else must hold, in words' }),
  ...provenance,
})
export type Adapter = z.infer<typeof adapterSchema>
