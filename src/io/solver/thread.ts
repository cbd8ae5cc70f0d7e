import { parentPort } from 'node:worker_threads'
import highsModule, { type Highs, type ModelData } from 'highs'
import { invariant } from '../../base/problems/index.ts'
import type { LinearProgram } from '../../study/simulate/optimum/index.ts'
import type { Answer } from './answer.ts'

/**
 * The interior point method, without crossover to a vertex: programs over time have very many vertices as good as each
 * other. Where the answer then does not stand HiGHS's own test, as happens when its presolve leaves nothing to solve,
 * with crossover, which mends it.
 */
const methods = [
  { solver: 'ipm', run_crossover: 'off', ipm_optimality_tolerance: 1e-7 },
  { solver: 'ipm', run_crossover: 'on', ipm_optimality_tolerance: 1e-7 },
] as const

invariant(parentPort, 'this module is the start of a thread')
const port = parentPort
/** The types take the module for CommonJS, whose function would stand one level deeper than it does. */
const loadHighs = typeof highsModule === 'function' ? highsModule : highsModule.default
const loaded = loadHighs()

/** Minimises the negative: HiGHS 1.15.1 gives prices of the wrong sign when it maximises without crossover. */
function modelOf({ worth, lower, upper, ...rows }: LinearProgram, { constants }: Highs): ModelData {
  const { equalities, bounds, starts, columns, values } = rows
  const [numCols, numRows] = [worth.length, bounds.length]
  return {
    ...{ numCols, numRows, sense: constants.objectiveSense.minimize },
    ...{ colCost: worth.map((value) => -value), colLower: lower, colUpper: upper },
    rowLower: bounds.map((bound, row) => (row < equalities ? bound : Number.NEGATIVE_INFINITY)),
    rowUpper: bounds,
    matrix: { format: 'csr', numCols, numRows, starts, indices: columns, values },
  }
}

function solve(program: LinearProgram, highs: Highs): Answer {
  return highs.withModel(modelOf(program, highs), (model): Answer => {
    for (const method of methods) {
      model.options.set({ output_flag: false, ...method })
      model.run()
      if (model.getModelStatus() !== highs.constants.modelStatus.optimal) continue
      const { colValue, rowDual } = model.getSolution()
      return { x: colValue, prices: rowDual.map((price) => -price) }
    }
    return { status: model.getModelStatus() }
  })
}

port.on('message', (program: LinearProgram) => {
  void loaded.then((highs) => port.postMessage(solve(program, highs) satisfies Answer))
})
