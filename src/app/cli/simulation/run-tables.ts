import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Problem } from '../../../base/problems/index.ts'
import { type Column, csvLines, makeFolder } from '../../../io/workers/tables/index.ts'
import { figures, type Outcome, type RunTables } from '../../../study/simulate/many/index.ts'
import { notWritable } from '../files.ts'

/** Tables of many runs: one of all runs, and a folder for the tables of each; `sites`: names of the hubs, where there are several. */
export interface TablesOfRuns {
  readonly folder: string
  readonly sites: readonly string[] | null
}

function siteOf({ sites }: TablesOfRuns, variant: number): string | null {
  return sites?.[variant] ?? null
}

/** Where the tables of a run go: `seed-7`, or `A/seed-7`. */
export function tablesOf(tables: TablesOfRuns, variant: number, seed: number): RunTables {
  const site = siteOf(tables, variant)
  return {
    folder: join(tables.folder, ...(site === null ? [] : [site]), `seed-${seed}`),
    labels: { ...(site === null ? {} : { site }), seed },
  }
}

function columns(tables: TablesOfRuns): readonly Column<Outcome>[] {
  const site: Column<Outcome> = ['site', ({ job }) => siteOf(tables, job.variant)]
  const values = figures.map(({ name }): Column<Outcome> => [name, (outcome) => outcome.figures[name] ?? null])
  return [...(tables.sites === null ? [] : [site]), ['seed', ({ job }) => job.seed], ...values]
}

/** Writes `runs.csv`, a row for every run that ended; null, or the problem. Without outcomes, before the work: makes the folders. */
export async function writeRuns(tables: TablesOfRuns, outcomes: readonly Outcome[]): Promise<Problem | null> {
  const { folder, sites } = tables
  try {
    for (const path of [folder, ...(sites ?? []).map((site) => join(folder, site))]) await makeFolder(path)
    const all = columns(tables)
    const rows = outcomes.map((outcome) => all.map(([, field]) => field(outcome)))
    await writeFile(join(folder, 'runs.csv'), csvLines([all.map(([name]) => name), ...rows]))
    return null
  } catch (error) {
    return notWritable(folder, error)
  }
}
