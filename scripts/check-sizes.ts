// Measures src/, prints the figures and what is too large; of tests only the lines are counted.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow, root } from './house.mjs'
import { type FileSize, figures, measure, sizeProblems } from './sizes.ts'

const isSource = (file: string): boolean => /\.tsx?$/.test(file) && !/\.generated\.tsx?$/.test(file)

function measureBelow(folder: string): readonly FileSize[] {
  const files = filesBelow(join(root, folder), isSource)
  return files.map((file) => measure(file.slice(root.length + 1), readFileSync(file, 'utf8')))
}

function linesOf(files: readonly FileSize[]): number {
  return files.reduce((sum, { lines }) => sum + lines, 0)
}

function print(value: number, digits: number, words: string): void {
  console.log(`${value.toFixed(digits).padStart(8)}  ${words}`)
}

const sources = measureBelow('src')
const shipped = sources.filter(({ path }) => !path.includes('.test.'))
const testLines = linesOf(sources) - linesOf(shipped) + linesOf(measureBelow('test'))
for (const { name, value, most } of figures(shipped)) print(value, 1, `${name} (at most ${most})`)
print(linesOf(shipped), 0, 'lines of source')
print(testLines / linesOf(shipped), 2, 'lines of tests beside one line of source')

const problems = sizeProblems(shipped)
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0
