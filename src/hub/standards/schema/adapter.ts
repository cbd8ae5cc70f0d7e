import { z } from 'zod'
import { quantity } from '../../../base/documents/index.ts'
import { idSchema, provenance } from './common.ts'

/** A piece between plug and inlet. Its socket is an inlet of type `plug`, its other end a plug of type `inlet`. */
export const adapterSchema = z.strictObject({
  id: idSchema,
  name: z.string().meta({ description: 'name people use' }),
  plug: idSchema.meta({ description: 'post side: any plug that enters an inlet of this type enters the adapter' }),
  inlet: idSchema.meta({ description: 'vehicle side: enters whatever a plug of this type enters' }),
  kind: z
    .enum(['passive', 'captive', 'mapping', 'active', 'none'])
    .meta({
      description:
        'passive: contacts only; captive: part of the post; mapping: passive, pilots and bus re-wired; active: translates the protocol; none: does not exist',
    }),
  maxVoltage_V: quantity('V', 'rated voltage').nullable(),
  maxCurrent_A: quantity('A', 'rated current').nullable(),
  hotClimateCurrent_A: quantity('A', 'current to plan with at 35 degC ambient and above').nullable(),
  maxPower_kW: quantity('kW', 'rated power').nullable(),
  dc: z.boolean().meta({ description: 'passes direct current' }),
  ac: z.boolean().meta({ description: 'passes alternating current' }),
  postProtocols: z.array(idSchema).meta({ description: 'one of these must be spoken by the post' }),
  vehicleProtocols: z
    .array(idSchema)
    .meta({ description: 'active adapters: what they speak towards the vehicle; empty: the protocol passes through' }),
  requirements: z.array(z.string()).meta({ description: 'what the vehicle needs, in words' }),
  availability: z
    .enum(['available', 'greyMarket', 'pilot', 'concept', 'discontinued', 'warned', 'impossible'])
    .meta({ description: 'whether it can be had; impossible ones are never offered' }),
  vendor: z.string().nullable().meta({ description: 'who makes it' }),
  accessConditions: z.string().nullable().meta({ description: 'what else must hold, in words' }),
  ...provenance,
})
export type Adapter = z.infer<typeof adapterSchema>
