import { MAX_DOCUMENT_BYTES } from '../../../base/documents/index.ts'
import type { Checked } from '../../../base/problems/index.ts'
import { loadSite, missingForSimulation, type Site, type SiteDemand } from '../../../hub/site/index.ts'
import type { SiteSource } from '../../../study/simulate/many/index.ts'
import { readUserFile } from '../files.ts'
import type { UserCatalogue } from '../user-catalogue.ts'
import { withMarketDemand } from './market-demand.ts'

export type SimulatedSite = Site & { readonly demand: SiteDemand }

/** A site that can be simulated, and the texts it was read from. */
export interface LoadedSite {
  readonly site: SimulatedSite
  readonly source: SiteSource
}

function isComplete(site: Site): site is SimulatedSite {
  return site.demand !== null
}

/** Reads the site file the user named; also what a simulation lacks is a problem. */
export async function loadSimulatedSite(
  path: string,
  { catalogue, texts }: UserCatalogue,
): Promise<Checked<LoadedSite>> {
  const file = await readUserFile(path, MAX_DOCUMENT_BYTES)
  if (!file.ok) return { ok: false, problems: [file.problem] }
  const resolved = await withMarketDemand(file.bytes, path)
  if (!resolved.ok) return resolved
  const text = resolved.value
  const checked = loadSite(text, path, catalogue)
  if (!checked.ok) return checked
  const site = checked.value
  const missing = missingForSimulation(site)
  if (missing.length > 0 || !isComplete(site)) return { ok: false, problems: missing }
  return { ...checked, value: { site, source: { file: path, text, catalogue: texts } } }
}
