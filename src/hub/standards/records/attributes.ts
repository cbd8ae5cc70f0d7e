import { describeSchema, formsOf } from '../../../base/documents/index.ts'
import type { Kind, RecordTypes } from '../catalogue/index.ts'
import { recordSchemas } from './file.ts'

/** Schema of a record: of its type, where a kind has several. */
export function schemaOf<K extends Kind>(kind: K, record?: RecordTypes[K]) {
  const schema = recordSchemas[kind]
  const type = record && 'type' in record ? record.type : undefined
  return (type === undefined ? undefined : formsOf(schema).get(type)) ?? schema
}

const known = new Map<object, ReadonlySet<string>>()

/** Paths of all attributes of a kind, or of a record of it, without list positions: `evses.connectors.maxVoltage_V`. */
export function attributePaths<K extends Kind>(kind: K, record?: RecordTypes[K]): ReadonlySet<string> {
  const schema = schemaOf(kind, record)
  const paths = known.get(schema) ?? new Set(describeSchema(schema).map(({ path }) => path.replaceAll('[]', '')))
  known.set(schema, paths)
  return paths
}
