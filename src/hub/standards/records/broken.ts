import type { Path } from '../../../base/documents/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import type { DeratingRows } from '../schema/index.ts'

/** What a schema cannot see in a record: the place and the reason. */
export interface Broken {
  readonly path: Path
  readonly reason: Coded
}

export function broken(path: Path, code: Coded['code'], params: Coded['params']): Broken {
  return { path, reason: { code, params } }
}

/** C7: the lower bound of a pair must not lie above the upper one; unknown bounds agree with anything. */
export function inOrder(path: Path, low: number | null, high: number | null): readonly Broken[] {
  return low === null || high === null || low <= high ? [] : [broken(path, 'catalogue.range', { low, high })]
}

/** C9: temperatures of a derating table never fall. */
export function risingTemperatures(derating: DeratingRows, at: Path): readonly Broken[] {
  return derating.flatMap(({ ambient_degC }, index) => {
    const before = derating[index - 1]?.ambient_degC
    if (before === undefined || before <= ambient_degC) return []
    return [broken([...at, index], 'catalogue.derating.notRising', { before, ambient: ambient_degC })]
  })
}
