import { resolve } from 'node:path'
import { closest, say } from '../../../base/words/index.ts'
import { holderOf, localToken } from '../../../io/store/holder/index.ts'
import { Client, type HubNow, type StreamEvent } from '../../api/client/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { actions, type Done } from '../ctl/actions.ts'
import { Words } from '../ctl/words.ts'
import { OptionReader } from '../options.ts'
import { printable, problemLine, refuse, usageProblem } from '../print.ts'
import type { ExitCode, Terminal } from '../terminal.ts'

const DEFAULT_DATA = 'anyplug-data'

/** The server meant: the one of a data folder, or one named by its address, with a token from the environment. */
function serverOf(read: OptionReader): { readonly url: string; readonly token: string } | null {
  const folder = read.text('--data') ?? DEFAULT_DATA
  const url = read.text('--url') ?? holderOf(folder)?.url
  const token = process.env['ANYPLUG_TOKEN'] ?? localToken(folder)
  if (url && token) return { url, token }
  const fix = { code: 'ctl.fix.server', params: {} } as const
  read.problems.push(usageProblem({ code: 'ctl.noServer', params: { folder: resolve(folder) } }, fix))
  return null
}

async function print(done: Done, json: boolean, terminal: Terminal): Promise<ExitCode> {
  const { language } = terminal
  if (done.kind === 'unreachable') {
    return refuse([usageProblem({ code: 'ctl.unreachable', params: { detail: done.detail } })], terminal)
  }
  for (const { code, params } of done.kind === 'answer' ? (done.warnings ?? []) : []) {
    terminal.err(problemLine({ severity: 'warning', code, params }, language))
  }
  if (json) await terminal.out(JSON.stringify(done.value, null, 2))
  else if (done.kind === 'answer') await terminal.out(printable(done.text))
  else terminal.err(printable(say(done.reason.code, done.reason.params, language)))
  return done.kind === 'answer' ? 0 : 1
}

/** A line of `watch`. */
function lineOf({ event, data }: StreamEvent, { language }: Terminal): string {
  if (event !== 'hub') return `${event} ${JSON.stringify(data)}`
  const { at_ms, power_kW, evses } = data as HubNow
  const charging = evses.filter(({ mode }) => mode === 'charging').length
  const at = new Date(at_ms).toISOString()
  return say('ctl.watch', { at, charging, evses: evses.length, power: Math.round(power_kW['grid'] ?? 0) }, language)
}

async function watch(client: Client, json: boolean, terminal: Terminal): Promise<ExitCode> {
  const reply = await client.listen(terminal.signal, (event) => {
    void terminal.out(json ? JSON.stringify(event) : printable(lineOf(event, terminal)))
  })
  if (terminal.signal.aborted) return 130
  const detail = !reply.ok && 'detail' in reply ? reply.detail : ''
  return refuse([usageProblem({ code: 'ctl.unreachable', params: { detail } })], terminal)
}

/** `anyplug ctl ACTION ...`: what an operator does every day, at a server that runs. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const read = new OptionReader(input)
  const name = read.text('action') ?? ''
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  const names = [...Object.keys(actions), 'watch']
  if (!action && name !== 'watch') {
    const found = closest(name, names)
    const fix = found === null ? undefined : ({ code: 'cli.fix.didYouMean', params: { candidate: found } } as const)
    return refuse([usageProblem({ code: 'ctl.unknownAction', params: { name, actions: names } }, fix)], terminal)
  }
  const words = new Words(action?.takes ?? '', read.list('words'), read)
  read.integer('--limit', { min: 1, max: 1000 })
  const server = serverOf(read)
  const problems = [...words.problems, ...read.problems]
  if (problems.length > 0 || !server) return refuse(problems, terminal)
  const client = new Client(server)
  const json = read.flag('--json')
  if (!action) return watch(client, json, terminal)
  return print(await action.act({ client, words, language: terminal.language }), json, terminal)
}
