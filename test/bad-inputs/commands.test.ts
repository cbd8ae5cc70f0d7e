import { spawn, spawnSync } from 'node:child_process'
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sound } from '../../src/hub/site/test-support.ts'
import { isBuilt, root } from '../support/repository.ts'
import { badCommands } from './commands.ts'
import { anyplug, anyplugLater, program, rawControls, traces } from './program.ts'

const onPosix = process.platform !== 'win32'

const fleet = (rows: string) => `demand:
  sessions_perDay: 90
  profile: { weekday: [${Array.from({ length: 24 }, () => 1)}] }
  arrival: { mean_frac: 0.2 }
  target: { mean_frac: 0.8 }
  queue: { places: 2 }
  fleet: [${rows}]
`

const day = JSON.stringify({
  ...{ name: 'two cars', version: 1, days: 1, horizonMin: 1440, stepMin: 1, start: '2026-06-01T00:00:00Z' },
  ...{ outletsKw: [150, 150], transitionSoc: 0.8, efficiency: 1, siteLimitKw: null },
  columns: ['arriveMin', 'outlet', 'plugMin', 'unplugMin', 'capacityKwh', 'socArrive', 'evMaxKw'],
  sessions: [
    [0, 0, 0, 40, 60, 0.2, 120],
    [5, 1, 5, 45, 60, 0.2, 120],
  ],
})

const files: Readonly<Record<string, string>> = {
  'hub.yaml': `${sound}${fleet('{ vehicle: hyundai-ioniq5-2021, share_frac: 1 }')}`,
  'no-battery.yaml': `${sound}${fleet('{ vehicle: volvo-fh-electric-2022, share_frac: 1 }')}`,
  'no-demand.yaml': sound,
  'note.txt': 'remember the milk\n',
  'day.json': day,
  'truncated.json': day.slice(0, 300),
  'rows.json': day.replace('[0,0,0,40', '[0,7,0,40').replace('[5,1,5,45', '[5,1,5,2'),
}

describe.skipIf(!isBuilt)('bad command lines', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anyplug-bad-'))
  beforeAll(() => {
    mkdirSync(join(folder, 'folder'))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const commands = badCommands.map(({ line, says }) => [line, says] as const)
  test.concurrent.each(commands)('anyplug %s', async (line, says) => {
    const { exitCode, output, errors } = await anyplugLater(line.split(' '), folder)
    const codes = [...errors.matchAll(/(?:^|: )error ([a-zA-Z.]+):/gm)].map(([, code]) => code)
    expect({ exitCode, codes, traces: traces(output + errors), raw: rawControls(errors) }).toEqual({
      ...{ exitCode: 2, codes: says, traces: [], raw: [] },
    })
  })

  test('every example is left alone by a second init', () => {
    expect(anyplug(['init', 'fresh.yaml', '--example', 'eu-truck-stop'], folder)).toMatchObject({ exitCode: 0 })
    const before = readFileSync(join(folder, 'fresh.yaml'), 'utf8')
    expect(anyplug(['init', 'fresh.yaml'], folder)).toMatchObject({ exitCode: 2 })
    expect(readFileSync(join(folder, 'fresh.yaml'), 'utf8')).toBe(before)
    expect(anyplug(['check', 'fresh.yaml'], folder)).toMatchObject({ exitCode: 0 })
  })

  test('the schema a new file names is there', () => {
    anyplug(['init', 'folder'], folder)
    const [, schema = ''] = /\$schema=(\S+)/.exec(readFileSync(join(folder, 'folder/hub.yaml'), 'utf8')) ?? []
    const text = readFileSync(join(folder, 'folder', schema), 'utf8')
    expect(JSON.parse(text)).toMatchObject({ title: 'anyplug site file' })
  })

  test('a file of 100 MB is refused without reading it', () => {
    const file = openSync(join(folder, 'huge.yaml'), 'w')
    ftruncateSync(file, 100 * 1024 * 1024)
    closeSync(file)
    const { exitCode, errors } = anyplug(['check', 'huge.yaml'], folder)
    expect(exitCode).toBe(2)
    expect(errors).toMatch(/huge\.yaml: error document\.tooLarge/)
  })

  test('an alias bomb of 10 MB is refused', () => {
    const filling = `# ${'x'.repeat(98)}\n`.repeat(100_000)
    writeFileSync(join(folder, 'bomb.yaml'), `a: &a [x, x]\nb: [*a, *a]\n${filling}`)
    expect(anyplug(['check', 'bomb.yaml'], folder)).toMatchObject({ exitCode: 2 })
  })

  test.skipIf(!onPosix)('a device without an end is not read for ever', () => {
    const { exitCode, errors } = anyplug(['check', '/dev/zero'], folder)
    expect(exitCode).toBe(2)
    expect(errors).toMatch(/document\.tooLarge/)
  })

  test.skipIf(!onPosix)('a site file may come through a pipe', () => {
    const shell = `cat hub.yaml | "${process.execPath}" "${program}" check /dev/stdin`
    expect(spawnSync('sh', ['-c', shell], { cwd: folder }).status).toBe(0)
  })

  test.skipIf(!onPosix)('names with control characters are shown escaped', () => {
    const name = 'red\u001b[31m\u0007.yaml'
    const { exitCode, errors } = anyplug(['check', name], folder)
    expect(exitCode).toBe(2)
    expect(rawControls(errors)).toEqual([])
    expect(errors).toContain('red\\u001b[31m\\u0007.yaml')
  })

  test.skipIf(!onPosix)('a reader that goes away (`| head`) ends it quietly', () => {
    const line = `"${process.execPath}" "${program}" catalogue --json vehicles | head -c 20`
    const { stdout, stderr, status } = spawnSync('sh', ['-c', line], { cwd: root, encoding: 'utf8' })
    expect({ length: stdout.length, stderr, status }).toEqual({ length: 20, stderr: '', status: 0 })
  })
})

/** Starts ten years of simulation, sends SIGINT once something was printed, and waits for the end. */
function interrupted(times: number, cwd: string): Promise<{ exitCode: number | null; errors: string }> {
  return new Promise((resolve) => {
    const args = [program, 'simulate', join(root, 'examples/us-highway.yaml'), '--days', '3650']
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
    let errors = ''
    let sent = 0
    child.stderr.on('data', (text) => {
      errors += text
      while (sent < times) {
        child.kill('SIGINT')
        sent += 1
      }
    })
    child.on('close', (exitCode) => resolve({ exitCode, errors }))
  })
}

describe.skipIf(!isBuilt || !onPosix)('Ctrl-C', () => {
  test.each([1, 2])('pressed %i time(s) ends a long run with 130 and no trace', async (times) => {
    const { exitCode, errors } = await interrupted(times, root)
    expect(exitCode).toBe(130)
    expect(traces(errors)).toEqual([])
  })
})
