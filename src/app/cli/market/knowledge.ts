import type { Checked } from '../../../base/problems/index.ts'
import {
  builtInMarket,
  frozenSnapshot,
  type History,
  type MarketKnowledge,
  readHistory,
  withNewer,
} from '../../../study/market/index.ts'
import { readUserFile } from '../files.ts'

const MAX_HISTORY_BYTES = 16 * 1024 * 1024

/** History the user named, or that of the program. Nothing else is read. */
export async function historyOr(path: string | undefined): Promise<Checked<History>> {
  if (path === undefined) return { ok: true, value: builtInMarket().history, warnings: [] }
  const file = await readUserFile(path, MAX_HISTORY_BYTES)
  return file.ok ? readHistory(file.bytes, path) : { ok: false, problems: [file.problem] }
}

/** What scenarios build on: the frozen laws, and levels of the program's history with the newer points given. */
export async function knowledgeOr(assimilate: string | undefined): Promise<Checked<MarketKnowledge>> {
  const built = builtInMarket()
  const history = await historyOr(assimilate)
  if (!history.ok) return history
  const { calibration } = frozenSnapshot()
  const all = assimilate === undefined ? history.value : withNewer(built.history, history.value)
  return {
    ok: true,
    value: { regions: built.regions, history: all, calibration },
    warnings: history.warnings,
  }
}
