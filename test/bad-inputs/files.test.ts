import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { isBuilt } from '../support/repository.ts'
import { badFiles } from './files.ts'
import { anyplug, rawControls, traces } from './program.ts'

interface Report {
  readonly file: string
  readonly ok: boolean
  readonly problems: readonly { code: string; line: number; column: number; says: string; fix: string | null }[]
}

describe.skipIf(!isBuilt)('bad files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anyplug-bad-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  for (const { name, content } of badFiles) writeFileSync(join(folder, `${name}.yaml`), content)
  const names = badFiles.map(({ name }) => `${name}.yaml`)
  const json = isBuilt ? anyplug(['check', '--json', ...names], folder) : null
  const reports = JSON.parse(json?.output || '[]') as readonly Report[]

  test('there are many, each with a name of its own', () => {
    expect(new Set(names).size).toBeGreaterThanOrEqual(45)
    expect(reports.map(({ file }) => file)).toEqual(names)
    expect(json).toMatchObject({ exitCode: 2, errors: '' })
  })

  test.each(badFiles.map((one, index) => [one.name, one, reports[index]] as const))('%s', (_, { says }, report) => {
    expect(report?.problems.map(({ code, line, column }) => `${line}:${column} ${code}`)).toEqual(says)
    expect(report?.ok).toBe(false)
  })

  test.each(['en', 'zh'])('as text in %s: every problem with its place, no traces, nothing raw', (language) => {
    const { exitCode, output, errors } = anyplug(['--lang', language, 'check', ...names], folder)
    expect({ exitCode, output, traces: traces(errors), raw: rawControls(errors) }).toEqual({
      ...{ exitCode: 2, output: '', traces: [], raw: [] },
    })
    const places = badFiles.flatMap(({ name, says }) => says.map((one) => `${name}.yaml:${one.split(' ')[0]}`))
    const lines = errors.split('\n')
    expect(places.filter((place) => !lines.some((line) => line.startsWith(`${place}: `)))).toEqual([])
  })
})
