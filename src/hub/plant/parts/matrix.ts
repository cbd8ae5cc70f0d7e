import type { Coded } from '../../../base/words/index.ts'
import type { ComponentOf } from '../../standards/schema/index.ts'
import type { MatrixParameters } from '../cabinet/index.ts'

type Matrix = ComponentOf<'matrix'>

/** How many modules and outputs a matrix stands between. */
export interface MatrixSize {
  readonly modules: number
  readonly outputs: number
}

/**
 * Outputs of each module, from 0: as spelled out, or the first modules each on an output of its own and the others on
 * all.
 */
function reachOf({ reach, ownModules }: Matrix, { modules, outputs }: MatrixSize): readonly (readonly number[])[] {
  if (reach !== null) return reach.map((row) => row.map((output) => output - 1))
  const all = Array.from({ length: outputs }, (_, output) => output)
  const own = (ownModules ?? 0) * outputs
  return Array.from({ length: modules }, (_, module) => (module < own ? [module % outputs] : all))
}

/** Module each output is joined at, from 0: as spelled out, or evenly around the loop. */
function homesOf({ homes }: Matrix, { modules, outputs }: MatrixSize): readonly number[] {
  if (homes !== null) return homes.map((home) => home - 1)
  return Array.from({ length: outputs }, (_, output) => Math.floor((output * modules) / outputs))
}

/** A matrix between so many modules and outputs; modules and outputs count from 0. */
export function matrixParameters(record: Matrix, size: MatrixSize): MatrixParameters {
  if (record.topology === 'partial') return { kind: 'partial', reach: reachOf(record, size) }
  if (record.topology === 'ring') return { kind: 'ring', homes: homesOf(record, size) }
  return { kind: record.topology }
}

function rows(count: number | undefined, wanted: number, what: string): readonly Coded[] {
  if (count === undefined || count === wanted) return []
  return [{ code: 'catalogue.component.rows', params: { count, wanted, what } }]
}

/** Why a matrix cannot stand between so many modules and outputs; empty where it can. */
export function matrixObstacles(record: Matrix, size: MatrixSize): readonly Coded[] {
  const { modules, outputs } = size
  const wrong = [
    ...rows(record.reach?.length, modules, 'modules'),
    ...rows(record.homes?.length, outputs, 'outputs'),
    ...rows(record.outputs ?? undefined, outputs, 'outputs'),
  ]
  if (wrong.length > 0) return wrong
  const matrix = matrixParameters(record, size)
  if (matrix.kind === 'ring') {
    const far = matrix.homes.find((home) => home >= modules)
    if (far !== undefined) return [{ code: 'catalogue.component.noModule', params: { module: far + 1, modules } }]
  }
  return matrix.kind === 'partial' ? unreached(matrix.reach, outputs) : []
}

function unreached(reach: readonly (readonly number[])[], outputs: number): readonly Coded[] {
  const reached = new Set(reach.flat())
  const missed = Array.from({ length: outputs }, (_, output) => output).filter((output) => !reached.has(output))
  return missed.map((output) => ({ code: 'catalogue.component.outOfReach', params: { output: output + 1 } }))
}
