import { invariant } from '../../../base/problems/index.ts'
import { loadSite, type Site, type SiteDemand } from '../../../hub/site/index.ts'
import { builtInCatalogue } from '../../../hub/standards/catalogue/index.ts'
import { loadCatalogueFiles } from '../../../hub/standards/records/index.ts'
import type { SimulationResult } from '../result.ts'
import { prepareSiteRun, type SiteRun } from '../site/index.ts'
import { figuresOf } from './figures.ts'
import type { Outcome, RunJob, SiteSource, Variant } from './ports.ts'

/** A variant that was read and can be run with any seed. */
export interface OpenVariant {
  readonly site: Site & { readonly demand: SiteDemand }
  readonly conditions: Variant['conditions']
}

function siteOf({ file, text, catalogue }: SiteSource): OpenVariant['site'] {
  const records = loadCatalogueFiles(catalogue, builtInCatalogue())
  invariant(records.ok, `the records beside ${file} were sound before`)
  const checked = loadSite(text, file, records.value)
  invariant(checked.ok && checked.value.demand, `${file} was sound before`)
  return { ...checked.value, demand: checked.value.demand }
}

/** Reads the texts of a variant; they were checked before, so a problem in them is a fault of ours. */
export function openVariant({ source, conditions }: Variant): OpenVariant {
  return { site: siteOf(source), conditions }
}

export function prepareJob({ site, conditions }: OpenVariant, seed: number): SiteRun {
  return prepareSiteRun({ ...conditions, site, seed, policy: conditions.policy ?? site.policy })
}

/** What is kept of a finished run. */
export function outcomeOf(job: RunJob, result: SimulationResult): Outcome {
  return { job, figures: figuresOf(result), result: job.whole ? result : null }
}
