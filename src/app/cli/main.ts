import { runCli } from './run.ts'

await runCli(process.argv.slice(2))
