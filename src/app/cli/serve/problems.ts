import type { Problem } from '../../../base/problems/index.ts'
import type { Code } from '../../../base/words/index.ts'
import type { StoreError } from '../../../io/store/index.ts'
import { usageProblem } from '../print.ts'
import type { ServeOptions } from './options.ts'

/** Why the server cannot listen. */
export function portProblem(error: unknown, { port, host }: ServeOptions): Problem {
  const code = (error as NodeJS.ErrnoException).code ?? String(error)
  if (code === 'EADDRINUSE') {
    return usageProblem(
      { code: 'serve.portInUse', params: { port: String(port) } },
      { code: 'serve.fix.port', params: {} },
    )
  }
  return usageProblem({ code: 'serve.cannotListen', params: { host, port: String(port), detail: code } })
}

const fixes: Readonly<Record<string, Code>> = {
  'store.taken': 'store.fix.taken',
  'store.corrupt': 'store.fix.corrupt',
  'store.full': 'store.fix.full',
  'store.newer': 'store.fix.newer',
  'store.folder': 'store.fix.folder',
  'store.notOpen': 'store.fix.folder',
}

/** Why the store cannot be opened, and what to do. */
export function storeProblem({ reason }: StoreError): Problem {
  const fix = fixes[reason.code]
  return usageProblem(reason, fix && { code: fix, params: {} })
}
