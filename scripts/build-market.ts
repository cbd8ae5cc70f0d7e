// Checks data/market and writes it as one module; `--freeze DATE` calibrates anew and freezes the snapshot first.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { problemLine } from '../src/app/cli/print.ts'
import { openDocument } from '../src/base/documents/index.ts'
import { backtest, overall } from '../src/study/market/backtest/backtest.ts'
import { processNoise } from '../src/study/market/backtest/noise.ts'
import { calibrate } from '../src/study/market/calibrate/fit.ts'
import { defaultStyle } from '../src/study/market/calibrate/style.ts'
import { componentTableSchema } from '../src/study/market/components/schema.ts'
import { historyOf } from '../src/study/market/history/history.ts'
import { historySchema } from '../src/study/market/history/schema.ts'
import { regionSchema } from '../src/study/market/region/schema.ts'
import { scenarioSchema } from '../src/study/market/scenarios/schema.ts'
import { snapshotSchema } from '../src/study/market/snapshot.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'data/market')
const target = join(root, 'src/study/market/data.generated.ts')
const snapshotFile = join(folder, 'snapshot.json')

/** Cuts the score of a snapshot is made at. */
const cuts = [
  ['us', '2019-12-31'],
  ['us', '2020-12-31'],
  ['us', '2021-12-31'],
  ['us', '2022-12-31'],
  ['de', '2018-12-31'],
  ['cn', '2020-12-31'],
  ['jp', '2020-12-31'],
  ['eu', '2016-12-31'],
] as const

function read<S extends z.ZodType>(schema: S, name: string): z.output<S> {
  const { value, problems } = openDocument(schema, readFileSync(join(folder, name)), `data/market/${name}`)
  for (const problem of problems) console.error(problemLine(problem, 'en'))
  if (value === null) process.exit(2)
  return value
}

const filesIn = (name: string): readonly string[] =>
  readdirSync(join(folder, name))
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => `${name}/${file}`)

const history = read(historySchema, 'history.yaml')
const regions = filesIn('regions').map((name) => read(regionSchema, name))
const scenarios = filesIn('scenarios').map((name) => read(scenarioSchema, name))
const components = read(componentTableSchema, 'components.yaml')

function freeze(date: string): void {
  const facts = historyOf(history)
  const calibration = calibrate(regions, facts, facts.until)
  const tests = cuts.map(([id, cut]) => {
    const region = regions.find((one) => one.id === id)
    if (!region) throw new Error(`no region ${id}`)
    return backtest(regions, facts, facts, { region, cut })
  })
  const { model, best, naive } = overall(tests)
  const rows = tests.map(({ region, cut, scores, mean, coverage_frac }) => ({
    ...{ region, cut, series: scores.length },
    ...{ model: round(mean.model), coverage_frac: round(coverage_frac) },
  }))
  const score = { model: round(model), bestNaive: best, bestNaiveError: round(naive), cuts: rows }
  const noise = processNoise(regions, facts, calibration, defaultStyle)
  writeFileSync(snapshotFile, `${JSON.stringify({ date, ...calibration, noise, score }, null, 1)}\n`)
}

const round = (value: number): number => Number(value.toFixed(4))

const asked = process.argv.indexOf('--freeze')
if (asked > 0) freeze(process.argv[asked + 1] ?? '')
const snapshot = existsSync(snapshotFile) ? read(snapshotSchema, 'snapshot.json') : null
const text = JSON.stringify({ history, regions, scenarios, components, snapshot })
const literal = `'${text.replace(/[\\']/g, '\\$&')}'`
writeFileSync(
  target,
  `// Written by scripts/build-market.ts from data/market; do not edit.\nexport const text =\n  ${literal}\n`,
)
