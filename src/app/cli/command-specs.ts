import type { Code } from '../../base/words/index.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** What the user typed: options by name (camel case), arguments by name; all still text. */
export type CommandInput = Readonly<Record<string, string | boolean | readonly string[] | undefined>>

export type CommandRun = (input: CommandInput, terminal: Terminal) => Promise<ExitCode>

export interface ArgumentSpec {
  /** As commander writes it: `<name>` needed, `[name]` optional, `...` many. */
  readonly flags: string
  readonly words: Code
}

export interface OptionSpec extends ArgumentSpec {
  /** May be given more than once; the values are collected. */
  readonly many?: boolean
}

export interface CommandSpec {
  readonly name: string
  readonly words: Code
  readonly arguments: readonly ArgumentSpec[]
  readonly options: readonly OptionSpec[]
  /** Loads the command; only the one that runs is loaded. */
  load(): Promise<{ readonly run: CommandRun }>
}

const json: OptionSpec = { flags: '--json', words: 'cli.option.json' }
const catalogue: OptionSpec = { flags: '--catalogue <dir>', words: 'cli.option.catalogue' }
const threads: OptionSpec = { flags: '--threads <n>', words: 'compare.option.threads' }

/** A recording of sessions, and what its file does not say. */
const recording: readonly OptionSpec[] = [
  { flags: '--sessions <file>', words: 'trace.option.sessions' },
  { flags: '--format <form>', words: 'trace.option.format' },
  { flags: '--columns <map>', words: 'trace.option.columns' },
  { flags: '--timezone <zone>', words: 'trace.option.timezone' },
  { flags: '--energy-unit <unit>', words: 'trace.option.energyUnit' },
  { flags: '--fit', words: 'trace.option.fit' },
]

/** Every command of the program, in the order of the help. */
export const commandSpecs: readonly CommandSpec[] = [
  {
    name: 'simulate',
    words: 'cli.simulate.description',
    arguments: [{ flags: '[site]', words: 'cli.simulate.site' }],
    options: [
      { flags: '--days <n>', words: 'cli.simulate.days' },
      { flags: '--from <date>', words: 'cli.simulate.from' },
      { flags: '--to <date>', words: 'cli.simulate.to' },
      { flags: '--seed <n>', words: 'cli.simulate.seed' },
      { flags: '--runs <k>', words: 'compare.option.runs' },
      threads,
      { flags: '--policy <name>', words: 'cli.simulate.policy' },
      { flags: '--sight <name>', words: 'cli.simulate.sight' },
      { flags: '--physics', words: 'cli.simulate.physics' },
      { flags: '--weather <file>', words: 'weather.option' },
      { flags: '--fault <fault>', words: 'fault.option', many: true },
      { flags: '--workload <file>', words: 'cli.simulate.workload' },
      { flags: '--site-limit <kW>', words: 'cli.simulate.siteLimit' },
      { flags: '--optimum', words: 'optimum.option' },
      ...recording,
      { flags: '--fit-out <file>', words: 'trace.option.fitOut' },
      { flags: '--export <file>', words: 'trace.option.export' },
      { flags: '--export-format <form>', words: 'trace.option.exportFormat' },
      { flags: '--coffee <min>', words: 'cli.simulate.coffee' },
      { flags: '--report <file>', words: 'cli.simulate.report' },
      { flags: '--csv <dir>', words: 'cli.simulate.csv' },
      json,
      catalogue,
    ],
    load: () => import('./commands/simulate.ts'),
  },
  {
    name: 'compare',
    words: 'compare.description',
    arguments: [{ flags: '<sites...>', words: 'compare.option.sites' }],
    options: [
      { flags: '--runs <k>', words: 'compare.option.runsDefault' },
      { flags: '--days <n>', words: 'cli.simulate.days' },
      { flags: '--from <date>', words: 'cli.simulate.from' },
      { flags: '--to <date>', words: 'cli.simulate.to' },
      { flags: '--seed <n>', words: 'compare.option.seed' },
      threads,
      { flags: '--policy <name>', words: 'cli.simulate.policy' },
      { flags: '--sight <name>', words: 'cli.simulate.sight' },
      { flags: '--physics', words: 'cli.simulate.physics' },
      { flags: '--weather <file>', words: 'weather.option' },
      { flags: '--fault <fault>', words: 'fault.option', many: true },
      ...recording,
      { flags: '--coffee <min>', words: 'cli.simulate.coffee' },
      { flags: '--report <file>', words: 'cli.simulate.report' },
      { flags: '--csv <dir>', words: 'compare.option.csv' },
      json,
      catalogue,
    ],
    load: () => import('./commands/compare.ts'),
  },
  {
    name: 'market',
    words: 'market.description',
    arguments: [
      { flags: '[what]', words: 'market.argument.what' },
      { flags: '[more...]', words: 'market.argument.more' },
    ],
    options: [
      { flags: '--to <year>', words: 'market.option.to' },
      { flags: '--draws <n>', words: 'market.option.draws' },
      { flags: '--seed <n>', words: 'cli.simulate.seed' },
      { flags: '--assimilate <file>', words: 'market.option.assimilate' },
      { flags: '--never <maker>', words: 'market.option.never', many: true },
      { flags: '--native-cap <share>', words: 'market.option.nativeCap' },
      { flags: '--opened <date>', words: 'market.option.opened' },
      { flags: '--sales <factor>', words: 'market.option.sales' },
      { flags: '--adapter-cover <share>', words: 'market.option.adapterCover' },
      { flags: '--threshold <share>', words: 'market.option.threshold' },
      { flags: '--mandate <rule>', words: 'market.option.mandate', many: true },
      { flags: '--ban <rule>', words: 'market.option.ban', many: true },
      { flags: '--access <group=share>', words: 'market.option.access', many: true },
      { flags: '--history <file>', words: 'market.option.history' },
      { flags: '--cut <date>', words: 'market.option.cut' },
      { flags: '--score <file>', words: 'market.option.score' },
      { flags: '--region <id>', words: 'market.option.region' },
      { flags: '--out <file>', words: 'market.option.out' },
      { flags: '--report <file>', words: 'cli.simulate.report' },
      { flags: '--csv <dir>', words: 'market.option.csv' },
      { flags: '--phase', words: 'market.option.phase' },
      json,
    ],
    load: () => import('./commands/market.ts'),
  },
  {
    name: 'match',
    words: 'cli.match.description',
    arguments: [
      { flags: '<vehicle>', words: 'cli.match.vehicle' },
      { flags: '<post>', words: 'cli.match.post' },
    ],
    options: [
      { flags: '--adapter <id>', words: 'cli.match.adapter', many: true },
      { flags: '--with <options>', words: 'cli.match.with', many: true },
      { flags: '--market <market>', words: 'cli.match.market' },
      { flags: '--date <date>', words: 'cli.match.date' },
      { flags: '--ambient <degC>', words: 'cli.match.ambient' },
      { flags: '--soc <fraction>', words: 'cli.match.soc' },
      { flags: '--matrix', words: 'cli.match.matrix' },
      { flags: '--format <form>', words: 'cli.match.format' },
      { flags: '--out <file>', words: 'cli.match.out' },
      json,
      catalogue,
    ],
    load: () => import('./commands/match.ts'),
  },
  {
    name: 'component',
    words: 'component.description',
    arguments: [
      { flags: '<type>', words: 'component.argument.type' },
      { flags: '<id>', words: 'component.argument.id' },
    ],
    options: [
      { flags: '--ambient <degC>', words: 'component.option.ambient' },
      { flags: '--current <A>', words: 'component.option.current' },
      { flags: '--from <degC>', words: 'component.option.from' },
      { flags: '--until <degC>', words: 'component.option.until' },
      { flags: '--flow <share>', words: 'component.option.flow' },
      { flags: '--pack-coolant <degC>', words: 'component.option.packCoolant' },
      { flags: '--html <file>', words: 'component.option.html' },
      { flags: '--cars <list>', words: 'component.option.cars' },
      { flags: '--policy <name>', words: 'component.option.policy' },
      { flags: '--altitude <m>', words: 'component.option.altitude' },
      { flags: '--failed <n>', words: 'component.option.failed' },
      json,
      catalogue,
    ],
    load: () => import('./commands/component.ts'),
  },
  {
    name: 'drill',
    words: 'drill.description',
    arguments: [{ flags: '<site>', words: 'drill.site' }],
    options: [
      { flags: '--days <n>', words: 'drill.days' },
      { flags: '--seed <n>', words: 'cli.simulate.seed' },
      { flags: '--report <file>', words: 'cli.simulate.report' },
      json,
      catalogue,
    ],
    load: () => import('./commands/drill.ts'),
  },
  {
    name: 'serve',
    words: 'serve.cli.description',
    arguments: [{ flags: '[site]', words: 'drill.site' }],
    options: [
      { flags: '--workload <file>', words: 'serve.option.workload' },
      { flags: '--site-limit <kW>', words: 'cli.simulate.siteLimit' },
      { flags: '--skip <h>', words: 'serve.option.skip' },
      { flags: '--port <n>', words: 'serve.option.port' },
      { flags: '--host <address>', words: 'serve.option.host' },
      { flags: '--data <dir>', words: 'serve.option.data' },
      { flags: '--virtual', words: 'serve.option.virtual' },
      { flags: '--seed <n>', words: 'cli.simulate.seed' },
      { flags: '--speed <factor>', words: 'serve.option.speed' },
      { flags: '--minutes <n>', words: 'serve.option.minutes' },
      { flags: '--log <file>', words: 'serve.option.log' },
      { flags: '--log-level <level>', words: 'serve.option.logLevel' },
      catalogue,
    ],
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'ctl',
    words: 'ctl.description',
    arguments: [
      { flags: '<action>', words: 'ctl.argument.action' },
      { flags: '[words...]', words: 'ctl.argument.words' },
    ],
    options: [
      { flags: '--data <dir>', words: 'serve.option.data' },
      { flags: '--url <url>', words: 'ctl.option.url' },
      { flags: '--from <moment>', words: 'ctl.option.from' },
      { flags: '--until <moment>', words: 'ctl.option.until' },
      { flags: '--limit <n>', words: 'ctl.option.limit' },
      { flags: '--now', words: 'ctl.option.now' },
      { flags: '--all', words: 'ctl.option.all' },
      json,
    ],
    load: () => import('./commands/ctl.ts'),
  },
  {
    name: 'station',
    words: 'station.cli.description',
    arguments: [],
    options: [
      { flags: '--url <url>', words: 'station.option.url' },
      { flags: '--site <file>', words: 'station.option.site' },
      { flags: '--count <n>', words: 'station.option.count' },
      { flags: '--id <name>', words: 'station.option.id' },
      { flags: '--ocpp <version>', words: 'station.option.ocpp' },
      { flags: '--password <password>', words: 'station.option.password' },
      { flags: '--fault <name=value>', words: 'station.option.fault', many: true },
      { flags: '--lenient', words: 'station.option.lenient' },
      { flags: '--physics', words: 'station.option.physics' },
      { flags: '--seed <n>', words: 'cli.simulate.seed' },
      { flags: '--speed <factor>', words: 'station.option.speed' },
      { flags: '--minutes <n>', words: 'station.option.minutes' },
      json,
      catalogue,
    ],
    load: () => import('./commands/station.ts'),
  },
  {
    name: 'catalogue',
    words: 'cli.catalogue.description',
    arguments: [
      { flags: '[kind]', words: 'cli.catalogue.kind' },
      { flags: '[words...]', words: 'cli.catalogue.words' },
    ],
    options: [
      { flags: '--identifiers', words: 'cli.catalogue.identifiers' },
      { flags: '--format <form>', words: 'import.option.format' },
      { flags: '--market <market>', words: 'import.option.market' },
      { flags: '--connector <id>', words: 'import.option.connector' },
      { flags: '--out <dir>', words: 'import.option.out' },
      json,
      catalogue,
    ],
    load: () => import('./commands/catalogue.ts'),
  },
  {
    name: 'replay',
    words: 'replay.description',
    arguments: [{ flags: '<log>', words: 'replay.log' }],
    options: [json],
    load: () => import('./commands/replay.ts'),
  },
  {
    name: 'init',
    words: 'cli.init.description',
    arguments: [{ flags: '[path]', words: 'cli.init.path' }],
    options: [{ flags: '--example <name>', words: 'cli.init.example' }],
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'check',
    words: 'cli.check.description',
    arguments: [{ flags: '<files...>', words: 'cli.check.files' }],
    options: [json, catalogue],
    load: () => import('./commands/check.ts'),
  },
]
