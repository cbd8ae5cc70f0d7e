// Measures src/, prints the figures and what is too large. Tests are left out but for the count of their lines.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow, root } from './house.mjs'
import { figures, measure, sizeProblems } from './sizes.ts'

const sources = filesBelow(
  join(root, 'src'),
  (file: string) => /\.tsx?$/.test(file) && !/\.generated\.tsx?$/.test(file),
)
const measured = sources.map((file: string) => measure(file.slice(root.length + 1), readFileSync(file, 'utf8')))
const shipped = measured.filter(({ path }) => !path.includes('.test.'))
const linesOf = (files: readonly { lines: number }[]): number => files.reduce((sum, { lines }) => sum + lines, 0)

for (const { name, value, most } of figures(shipped))
  console.log(`${value.toFixed(1).padStart(8)}  ${name} (at most ${most})`)
const ratio = (linesOf(measured) - linesOf(shipped)) / linesOf(shipped)
console.log(
  `${ratio.toFixed(2).padStart(8)}  lines of tests beside one line of source (${linesOf(shipped)} lines of source)`,
)

const problems = sizeProblems(shipped)
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0
