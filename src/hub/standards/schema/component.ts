import { z } from 'zod'
import type { ComponentType } from './choices.ts'
import {
  acCablingSchema,
  cabinetComponentSchema,
  matrixSchema,
  moduleSchema,
  transformerSchema,
} from './component-power.ts'
import {
  contactorSchema,
  emiFilterSchema,
  fuseSchema,
  insulationMonitorSchema,
  sensorSchema,
} from './component-protection.ts'
import {
  cableSchema,
  conductorSchema,
  contactSchema,
  coolantSchema,
  jointSchema,
  pumpSchema,
  radiatorSchema,
  vehicleInterfaceSchema,
} from './component-thermal.ts'

/** A part of a charging system; `type` decides which attributes it has. */
const build = () =>
  z.discriminatedUnion('type', [
    conductorSchema(),
    cableSchema(),
    contactSchema(),
    coolantSchema(),
    pumpSchema(),
    radiatorSchema(),
    vehicleInterfaceSchema(),
    jointSchema(),
    moduleSchema(),
    matrixSchema(),
    cabinetComponentSchema(),
    fuseSchema(),
    contactorSchema(),
    insulationMonitorSchema(),
    emiFilterSchema(),
    sensorSchema(),
    transformerSchema(),
    acCablingSchema(),
  ])

let built: ReturnType<typeof build> | null = null

/**
 * A part of a charging system; `type` decides which attributes it has. Made when first needed: few files state
 * components.
 */
export const componentSchema = z.lazy(() => {
  built ??= build()
  return built
})
export type Component = z.infer<ReturnType<typeof build>>
export type ComponentOf<T extends ComponentType> = Extract<Component, { readonly type: T }>
