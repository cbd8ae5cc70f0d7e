import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { say } from '../../../base/words/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { writeUserFile } from '../files.ts'
import { OptionReader } from '../options.ts'
import { printable, refuse } from '../print.ts'
import type { ExitCode, Terminal } from '../terminal.ts'

/** Hubs that come with the package; the first is written when none is named. */
const examples = ['us-highway', 'cn-expressway', 'eu-truck-stop', 'town-chademo'] as const

const packageRoot = fileURLToPath(new URL('../../../../', import.meta.url))
const schemaFile = join(packageRoot, 'docs/reference/site-file.schema.json')
const DEFAULT_NAME = 'hub.yaml'

/** `anyplug init [PATH]`: writes a commented site file; a file that is there is left alone. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const options = new OptionReader(input)
  const example = options.oneOf('--example', examples) ?? examples[0]
  if (options.problems.length > 0) return refuse(options.problems, terminal)
  const path = await targetPath(options.text('path') ?? DEFAULT_NAME)
  const problem = await writeUserFile(path, await siteText(example, path), true)
  if (problem) return refuse([problem], terminal)
  await terminal.out(printable(say('site.init.written', { path }, terminal.language)))
  return 0
}

async function targetPath(path: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  return isFolder ? join(path, DEFAULT_NAME) : path
}

/** An example as it ships, its two lines for editors and users fitted to where the file will lie. */
async function siteText(example: string, path: string): Promise<string> {
  const text = await readFile(join(packageRoot, 'examples', `${example}.yaml`), 'utf8')
  const schema = relative(resolve(dirname(path)), schemaFile)
    .split(sep)
    .join('/')
  return text.replace(/\$schema=\S+/, `$schema=${schema}`).replaceAll(`examples/${example}.yaml`, basename(path))
}
