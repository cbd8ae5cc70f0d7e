import { formatPath, type OpenedDocument, type Path, suggestion } from '../../base/documents/index.ts'
import type { Problem } from '../../base/problems/index.ts'
import type { Coded } from '../../base/words/index.ts'

/** Gathers what is wrong with a site file beyond its schema, with positions. */
export class SiteReport {
  readonly problems: Problem[] = []
  readonly #locate: OpenedDocument<unknown, unknown>['locate']

  constructor(locate: OpenedDocument<unknown, unknown>['locate']) {
    this.#locate = locate
  }

  get failed(): boolean {
    return this.problems.some(({ severity }) => severity === 'error')
  }

  error(path: Path, reason: Coded, fix?: Coded): void {
    this.problems.push({ severity: 'error', ...reason, ...this.#place(path), ...(fix ? { fix } : {}) })
  }

  warning(path: Path, reason: Coded, fix?: Coded): void {
    this.problems.push({ severity: 'warning', ...reason, ...this.#place(path), ...(fix ? { fix } : {}) })
  }

  /** A name that must be one of the known ones; absent names are no matter of this check. */
  refer(path: Path, name: string | undefined, known: Known): void {
    if (name === undefined || known.names.has(name)) return
    const reason = { code: known.unknown, params: { name: name.slice(0, 60) } }
    const place = { at: this.#locate(path, known.pointsAt), path: formatPath(path) }
    this.problems.push({ severity: 'error', ...reason, ...place, fix: fixOf(name, known) })
  }

  referAll(path: Path, names: readonly (string | undefined)[] | undefined, known: Known): void {
    names?.forEach((name, index) => {
      this.refer([...path, index], name, known)
    })
  }

  /** Problems another check placed already. */
  add(problems: readonly Problem[]): void {
    this.problems.push(...problems)
  }

  #place(path: Path): Pick<Problem, 'at' | 'path'> {
    return { at: this.#locate(path), path: formatPath(path) }
  }
}

/** Names something can refer to, the code of a miss, and where the user finds the names. */
export interface Known {
  readonly names: ReadonlySet<string>
  readonly unknown: Coded['code']
  /** Names that are keys are pointed at as such. */
  readonly pointsAt?: 'key'
  /** For names of the catalogue; absent for things of the site file itself. */
  readonly inCatalogue?: { readonly kind: string; suggest(name: string): readonly string[] }
}

function fixOf(name: string, { names, inCatalogue }: Known): Coded {
  const near = suggestion(name, [...names])
  if (!inCatalogue || near.code === 'document.fix.didYouMean') return near
  const candidates = inCatalogue.suggest(name)
  if (candidates.length === 0) return { code: 'site.fix.seeCatalogue', params: { kind: inCatalogue.kind } }
  return { code: 'site.fix.oneOfRecords', params: { candidates } }
}
