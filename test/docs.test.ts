import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import { stalePages } from '../scripts/generate-reference.ts'
import {
  type Block,
  blocksOf,
  type Command,
  commandsOf,
  documents,
  matchesOutput,
  textOf,
} from './support/documents.ts'
import { isBuilt, root } from './support/repository.ts'
import { openWorkbench, type Workbench } from './support/workbench.ts'

const rewrites = process.env['ANYPLUG_UPDATE_DOCS'] === '1'

/** What a block must satisfy; answers what is wrong, with the line. */
type Check = (block: Block, bench: Workbench) => readonly string[]

const npmCommands = ['ci', 'install', 'start', 'test', 'pack']

function npmProblems(text: string): readonly string[] {
  const [, verb = '', script = ''] = text.split(/\s+/)
  if (verb === 'run') return script in packageJson.scripts ? [] : [`no script "${script}"`]
  return npmCommands.includes(verb) ? [] : [`npm ${verb} is not checked here`]
}

function runCommand({ text, exitCode }: Command, bench: Workbench): readonly string[] {
  if (text.startsWith('npm ')) return npmProblems(text)
  if (/^(git clone|cd) /.test(text)) return []
  if (!/^(npx )?anyplug\b/.test(text)) return [`not known how to check: ${text}`]
  const outcome = bench.run(text.replace(/^npx /, ''))
  if (outcome.exitCode === exitCode) return []
  return [`${text}\nexit ${outcome.exitCode}, expected ${exitCode}\n${outcome.output}${outcome.errors}`]
}

function checkSite(block: Block, bench: Workbench): readonly string[] {
  const isSite = /^(?:\s*#.*\n|\s*\n)*version:/.test(block.text)
  const path = block.title ?? (isSite ? `block-${block.line}.yaml` : null)
  if (path === null) return []
  bench.write(path, `${block.text}\n`)
  return isSite ? runCommand({ text: `anyplug check ${path}`, exitCode: 0 }, bench) : []
}

function checkJson(block: Block, bench: Workbench): readonly string[] {
  try {
    JSON.parse(block.text)
    if (block.title !== null) bench.write(block.title, `${block.text}\n`)
    return []
  } catch (error) {
    return [String(error)]
  }
}

function checkProgram(block: Block, bench: Workbench): readonly string[] {
  const path = `block-${block.line}.ts`
  bench.write(path, `${block.text}\n`)
  const options = '--noEmit --strict --target es2022 --module nodenext --types node --skipLibCheck --ignoreConfig'
  const types = bench.run(`node node_modules/typescript/bin/tsc ${options} ${path}`)
  if (types.exitCode !== 0) return [types.output]
  const run = bench.run(`node --import tsx ${path}`)
  return run.exitCode === 0 ? [] : [run.errors]
}

/** A table is a file commands read. */
function writeTable({ title, text }: Block, bench: Workbench): readonly string[] {
  if (title !== null) bench.write(title, `${text}\n`)
  return []
}

const checks: Readonly<Record<string, Check>> = {
  sh: (block, bench) => commandsOf(block.text).flatMap((command) => runCommand(command, bench)),
  yaml: checkSite,
  json: checkJson,
  csv: writeTable,
  ts: checkProgram,
  text: () => [],
}

/** A `text` block right after a `sh` block of one anyplug command shows what that command prints. */
function shownOutputs(blocks: readonly Block[]): readonly { command: Command; shown: Block }[] {
  return blocks.flatMap((shown, index) => {
    const before = blocks[index - 1]
    const commands = before?.language === 'sh' ? commandsOf(before.text) : []
    const [command] = commands
    const isOutput =
      shown.language === 'text' && commands.length === 1 && command && /^(npx )?anyplug\b/.test(command.text)
    return isOutput ? [{ command, shown }] : []
  })
}

/** An output cut after as many lines as the document showed before its last line `...`. */
function shortenedLike(shown: string, actual: string): string {
  const lines = shown.split('\n')
  if (lines.at(-1) !== '...') return actual
  return [...actual.split('\n').slice(0, lines.length - 1), '...'].join('\n')
}

function checkOutputs(path: string, blocks: readonly Block[], bench: Workbench): readonly string[] {
  return shownOutputs(blocks).flatMap(({ command, shown }) => {
    const { output, errors } = bench.run(command.text.replace(/^npx /, ''))
    const actual = `${output}${errors}`.trimEnd()
    if (matchesOutput(shown.text, actual)) return []
    if (rewrites)
      writeFileSync(
        join(root, path),
        textOf(path).replace(shown.text, () => shortenedLike(shown.text, actual)),
      )
    return [`${path}:${shown.line} ${command.text} now prints:\n${actual}`]
  })
}

function checkBlock(path: string, block: Block, bench: Workbench): readonly string[] {
  const check = checks[block.language]
  if (!check) return [`${path}:${block.line} not known how to check "${block.language}"`]
  return check(block, bench).map((problem) => `${path}:${block.line} ${problem}`)
}

function linkProblems(path: string): readonly string[] {
  const links = [...textOf(path).matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '')
  const local = links.filter((link) => !/^[a-z]+:/.test(link))
  return local.filter((link) => !existsSync(join(root, path, '..', link))).map((link) => `${path}: no file ${link}`)
}

describe.skipIf(!isBuilt)('documents', () => {
  test.each(documents())('%s', (path) => {
    const bench = openWorkbench()
    try {
      const blocks = blocksOf(textOf(path))
      const problems = blocks.flatMap((block) => checkBlock(path, block, bench))
      expect([...problems, ...checkOutputs(path, blocks, bench), ...linkProblems(path)]).toEqual([])
    } finally {
      bench.remove()
    }
  })
})

describe.skipIf(!isBuilt)('examples', () => {
  const examples = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.yaml'))

  test('there are some', () => {
    expect(examples.length).toBeGreaterThan(0)
  })

  test.each(examples)('%s is right and runs for a day', (name) => {
    const bench = openWorkbench()
    try {
      expect(bench.run(`anyplug check examples/${name}`)).toMatchObject({ exitCode: 0 })
      const run = bench.run(`anyplug simulate examples/${name} --days 1 --json`)
      expect(run).toMatchObject({ exitCode: 0 })
      expect(JSON.parse(run.output).energyDelivered_kWh).toBeGreaterThan(0)
    } finally {
      bench.remove()
    }
  })
})

test('the generated reference says what the program says', () => {
  expect(stalePages()).toEqual([])
})

test('blocks and commands are read as written', () => {
  const markdown =
    '```sh\nnpx anyplug match a \\\n  b # exit 1\n# no command\n```\n\n```yaml title=a/b.yaml\nversion: 1\n```'
  const [first, second] = blocksOf(markdown)
  expect(commandsOf(first?.text ?? '')).toEqual([{ text: 'npx anyplug match a b', exitCode: 1 }])
  expect(second).toEqual({ language: 'yaml', title: 'a/b.yaml', text: 'version: 1', line: 7 })
  expect(() => blocksOf('```sh\n')).toThrow('not closed')
  expect(matchesOutput('a (1)\n...\nd', 'a (1)\nb\nc\nd\n')).toBe(true)
  expect(matchesOutput('a (1)\nd', 'a (1)\nb\nd\n')).toBe(false)
})
