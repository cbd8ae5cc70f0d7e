/** Turns the plain value of a site file of one version into that of the next. */
export interface Migration {
  readonly from: number
  /** Must not change what it is given. */
  up(site: Readonly<Record<string, unknown>>): Record<string, unknown>
}

/** One record for each version that was ever released, oldest first. Version 1 is the first. */
export const migrations: readonly Migration[] = []

/** Brings an older site file to the current version; anything else is left to the schema to judge. */
export function migrate(value: unknown, steps: readonly Migration[] = migrations): unknown {
  let current = value
  for (const { from, up } of steps) {
    if (isGroup(current) && current['version'] === from) current = { ...up(current), version: from + 1 }
  }
  return current
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
