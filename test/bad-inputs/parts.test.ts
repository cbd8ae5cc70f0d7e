import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { isBuilt } from '../support/repository.ts'
import { badParts } from './parts.ts'
import { anyplugLater, rawControls, traces } from './program.ts'

describe.skipIf(!isBuilt)('parts that cannot be', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anyplug-parts-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test.concurrent.each(badParts.map((one) => [one.name, one] as const))('%s', async (name, { content, says }) => {
    writeFileSync(join(folder, `${name}.yaml`), content)
    const args = ['simulate', `${name}.yaml`, '--days', '0.05', '--physics']
    const { exitCode, output, errors } = await anyplugLater(args, folder)
    const places = [...errors.matchAll(/^[^:\n]+:(\d+:\d+): error ([a-zA-Z.]+):/gm)].map(
      ([, place, code]) => `${place} ${code}`,
    )
    expect({ exitCode, output, places, traces: traces(errors), raw: rawControls(errors) }).toEqual({
      ...{ exitCode: 2, output: '', places: says, traces: [], raw: [] },
    })
  })

  test('a weather file is told row by row, and one of other days is not taken', async () => {
    writeFileSync(join(folder, 'hub.yaml'), badParts[0]?.content.split('faults:')[0] ?? '')
    const rows = ['2026-06-01T00:00Z,20', '2026-06-01T01:00Z,hot', '2026-06-01T00:30Z,480', 'noon,21']
    writeFileSync(join(folder, 'rows.csv'), ['time,temperature_degC', ...rows].join('\n'))
    writeFileSync(join(folder, 'may.csv'), 'time,temperature_degC\n2026-05-01T00:00Z,20\n2026-05-02T00:00Z,20\n')
    const said = async (weather: string) => {
      const args = ['simulate', 'hub.yaml', '--from', '2026-06-01', '--days', '1', '--weather', weather]
      const { exitCode, errors } = await anyplugLater(args, folder)
      return { exitCode, lines: errors.split('\n').map((line) => line.split(': ').slice(0, 2).join(' ')) }
    }
    expect(await said('rows.csv')).toMatchObject({
      exitCode: 2,
      lines: expect.arrayContaining([
        'rows.csv:3:1 error trace.notNumber',
        'rows.csv:4:1 error weather.notLikely',
        'rows.csv:5:1 error trace.notMoment',
      ]),
    })
    expect((await said('may.csv')).lines[0]).toBe('may.csv error weather.notCovered')
    expect((await said('hub.yaml')).lines[0]).toBe('hub.yaml:1:1 error weather.form')
  })
})
