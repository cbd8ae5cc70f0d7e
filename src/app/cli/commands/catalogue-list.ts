import { type Language, say } from '../../../base/words/index.ts'
import { type Hit, nameOf } from '../../../hub/standards/catalogue/index.ts'
import type { Confidence } from '../../../hub/standards/schema/index.ts'

/** Marks behind a figure: none for a confirmed one. */
export const confidenceMarks: Readonly<Record<Confidence, string>> = { confirmed: '', reported: '~', uncertain: '?' }

/** Line that explains the marks. */
export function marksLegend(language: Language): string {
  return say('catalogue.marks', { reported: confidenceMarks.reported, uncertain: confidenceMarks.uncertain }, language)
}

/** Model years of a vehicle such as 2021-2024 or 2025-; empty for other kinds. */
export function yearsOf(hit: Hit): string {
  if (hit.kind !== 'vehicles') return ''
  const { from, to } = hit.record.modelYears
  if (from === null && to === null) return ''
  return `${from ?? '?'}-${to ?? ''}`.replace(/^(\d+)-\1$/, '$1')
}

/** What stands beside a name: model years of a vehicle, the kind of part of a component. */
function asideOf(hit: Hit): string {
  return hit.kind === 'components' ? hit.record.type : yearsOf(hit)
}

/** Status of a record where it is no product. */
export function statusOf(hit: Hit): 'archetype' | 'trial' | null {
  const status = 'status' in hit.record ? hit.record.status : 'product'
  return status === 'product' ? null : status
}

function rowOf(hit: Hit, language: Language): readonly string[] {
  const status = statusOf(hit)
  const marks = [
    confidenceMarks[hit.record.confidence],
    ...(status ? [say(`catalogue.mark.${status}`, {}, language)] : []),
  ]
  return [hit.record.id, nameOf(hit), asideOf(hit), marks.join(' ').trim()]
}

/** Rows of cells in columns as wide as their widest cell. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const width = (column: number) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(width(column)))
      .join('  ')
      .trimEnd(),
  )
}

/** A table of records: id, name, model years or kind of part, how sure. */
export function listLines(hits: readonly Hit[], language: Language): readonly string[] {
  return [...columns(hits.map((hit) => rowOf(hit, language))), '', marksLegend(language)]
}
