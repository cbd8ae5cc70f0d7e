// Writes docs/validation.md from the fixtures the tests hold the plant against. `npx tsx scripts/generate-validation.ts`
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '..')
const page = join(root, 'docs/validation.md')

type Value = number | string | null | readonly Value[]

/** A figure of a fixture; rooms call the published one `expected` or `published`. */
interface Target {
  readonly id: string
  readonly what: string
  readonly unit?: string
  readonly expected?: Value
  readonly published?: Value
  readonly got?: Value
  readonly kind?: string
  readonly source: string
  readonly confidence: string
}

/** Figures that are sums of their own stand beside the others. */
interface Fixture {
  readonly targets: readonly Target[]
  readonly meanPowers?: readonly Target[]
  readonly constantCurrent?: Target
}

const rooms = [
  { title: 'Cables', fixture: 'cable', test: 'test/plant-cable.test.ts' },
  { title: 'Vehicles', fixture: 'vehicle', test: 'test/plant-vehicle.test.ts' },
  { title: 'Cabinets and modules', fixture: 'cabinet', test: 'test/plant-cabinet.test.ts' },
  { title: 'Protection', fixture: 'protection', test: 'test/plant-protection.test.ts' },
] as const

function show(value: Value | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'number') return String(Number(value.toPrecision(4)))
  if (typeof value === 'string') return value
  return value.map(show).join(', ')
}

function residual({ expected, published, got }: Target): string {
  const [wanted] = [expected ?? published].flat()
  const [found] = [got].flat()
  if (typeof wanted !== 'number' || typeof found !== 'number' || wanted === 0) return ''
  const percent = 100 * (found / wanted - 1)
  return Math.abs(percent) < 0.05 ? '0 %' : `${percent > 0 ? '+' : ''}${percent.toFixed(1)} %`
}

function row(target: Target): string {
  const { id, what, unit = '', expected, published, got, kind = 'rule', source, confidence } = target
  const cells = [
    id,
    what,
    `${show(expected ?? published)} ${unit}`.trim(),
    show(got),
    residual(target),
    kind,
    `${source} (${confidence})`,
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`
}

function section({ title, fixture, test }: (typeof rooms)[number]): string {
  const path = join(root, `test/fixtures/plant/${fixture}.json`)
  const held = JSON.parse(readFileSync(path, 'utf8')) as Fixture
  const targets = [...held.targets, ...(held.meanPowers ?? []), ...(held.constantCurrent ? [held.constantCurrent] : [])]
  const head = ['id', 'what', 'published', 'model', 'first differs by', 'kind', 'source']
  const lines = [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...targets.map(row)]
  return `## ${title}\n\nHeld by \`${test}\`.\n\n${lines.join('\n')}\n`
}

/** The page as it should be. */
export function validationPage(): string {
  const intro = `# The plant against published figures

Written by \`scripts/generate-validation.ts\` from the fixtures of the tests; every row is a test at its own tolerance.
*Calibration* and *archetype* mean that a default was chosen to meet the figure, so meeting it proves nothing; *independent* figures
were not used for any default. Where several figures stand in one row the difference is that of the first; where
the figure is a bound or a range it is only the distance to it. The twenty allocation problems with known optima, and generated
ones against brute force, are in \`test/plant-cabinet-laws.test.ts\` and \`test/fixtures/plant/allocation.json\`.

Fitted defaults: coolant side of the oil cable (600 A at 30 degC over 7 m); coolant values of the V3, V4 and megawatt classes (their ratings);
acceptance of a cold pack (one drive of an Ioniq 5: 30 minutes, pack temperature taken as 7 degC); the air cable of 50 mm2 (one press figure: 15 minutes at 400 A).
`
  return `${intro}\n${rooms.map(section).join('\n')}`
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(page, validationPage())
}
