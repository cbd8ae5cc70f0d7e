import type { Finding } from './issues.ts'

/** What is left of a document when everything found wrong is taken out: the rest still has its right type. */
export type Draft<T> = T extends readonly (infer Item)[]
  ? readonly (Draft<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Draft<T[Key]> | undefined }
    : T

/**
 * Takes the values that were found wrong out of a document, so that further checks (references between its parts)
 * can run beside the first ones and all problems are told at once. Unknown keys go, wrong values become undefined:
 * `key in group` still says that the key is stated. Places in lists are kept.
 */
export function withoutFindings(value: unknown, findings: readonly Finding[]): unknown {
  const root = findings.some(({ path, pointsAt }) => path.length === 0 && pointsAt === 'value') ? undefined : value
  const draft = structuredClone(root)
  for (const { path, pointsAt } of findings) if (pointsAt !== 'parent') remove(draft, path, pointsAt)
  return draft
}

function remove(root: unknown, path: Finding['path'], what: 'key' | 'value'): void {
  const last = path.at(-1)
  let inside = root
  for (const step of path.slice(0, -1)) {
    if (!isContainer(inside)) return
    inside = inside[step]
  }
  if (last === undefined || !isContainer(inside)) return
  if (what === 'key') delete inside[last]
  else inside[last] = undefined
}

function isContainer(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null
}
