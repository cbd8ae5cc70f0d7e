import type { Code } from '../../../base/words/index.ts'

/** What decides the power of an output; grants name them by index. */
export const sharingReasons = [
  'sharing.nothing',
  'sharing.request',
  'sharing.voltage',
  'sharing.output',
  'sharing.modules',
  'sharing.matrix',
  'sharing.halves',
  'sharing.power',
  'sharing.policy',
  'sharing.hold',
  'sharing.move',
  'sharing.fault',
  'sharing.derating',
] as const satisfies readonly Code[]
export type SharingReason = (typeof sharingReasons)[number]

/** The same by name, for code that writes indices. */
export const Because = {
  nothing: 0,
  request: 1,
  voltage: 2,
  output: 3,
  modules: 4,
  matrix: 5,
  halves: 6,
  power: 7,
  policy: 8,
  hold: 9,
  move: 10,
  fault: 11,
  derating: 12,
} as const
