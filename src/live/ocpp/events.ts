import type { Coded } from '../../base/words/index.ts'

/** Something on a connection that is worth a line in the log and a count in the metrics. */
export interface RpcEvent extends Coded {
  readonly level: 'info' | 'warning' | 'error'
}
