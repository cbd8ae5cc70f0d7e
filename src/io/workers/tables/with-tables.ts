import type { Problem } from '../../../base/problems/index.ts'
import type { Run, SimulationResult } from '../../../study/simulate/index.ts'
import type { SiteRun, Watch } from '../../../study/simulate/site/index.ts'
import { TableFolder, type Where } from './table-folder.ts'

/** A run whose tables are wanted. */
export interface Tabled {
  readonly where: Where
  readonly timezone: string
  readonly from_ms: number
  /** The run, before its start. */
  readonly prepare: (watch: Watch) => SiteRun
  /** Drives it, writing `between` two slices for as long as that says true; false: it was stopped before its end. */
  readonly drive: (run: Run, between: () => Promise<boolean>) => Promise<boolean>
}

/** A run that was driven, with its tables. */
export interface Written {
  readonly siteRun: SiteRun
  readonly result: SimulationResult
  readonly finished: boolean
}

/** Drives a run and writes its tables on the way; what was written when it is stopped stays. Or why they cannot be written. */
export async function withTables({ where, timezone, from_ms, prepare, drive }: Tabled): Promise<Written | Problem> {
  const opened = await TableFolder.open(where)
  if ('problem' in opened) return opened.problem
  const { tables } = opened
  const siteRun = prepare(tables.watch)
  tables.begin(siteRun, timezone, from_ms)
  let problem: Problem | null = null
  const write = async (): Promise<boolean> => {
    problem ??= await tables.write()
    return problem === null
  }
  const finished = await drive(siteRun.run, write)
  const result = siteRun.result()
  if (finished) tables.end(siteRun, result.byEvse)
  await write()
  await tables.close()
  return problem ?? { siteRun, result, finished }
}
