import { describeSchema } from '../../../base/documents/index.ts'
import type { Kind } from '../catalogue/index.ts'
import { recordSchemas } from './file.ts'

const known = new Map<Kind, ReadonlySet<string>>()

/** Paths of all attributes of a kind, without list positions: `evses.connectors.maxVoltage_V`. */
export function attributePaths(kind: Kind): ReadonlySet<string> {
  const paths =
    known.get(kind) ?? new Set(describeSchema(recordSchemas[kind]).map(({ path }) => path.replaceAll('[]', '')))
  known.set(kind, paths)
  return paths
}
