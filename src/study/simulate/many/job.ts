import { invariant } from '../../../base/problems/index.ts'
import type { ReplayCounts } from '../../../hub/demand/trace/index.ts'
import { loadSite } from '../../../hub/site/index.ts'
import { builtInCatalogue } from '../../../hub/standards/catalogue/index.ts'
import { loadCatalogueFiles } from '../../../hub/standards/records/index.ts'
import type { SimulationResult } from '../result.ts'
import { prepareSiteRun, type SiteRun, type SiteRunInput, type Watch } from '../site/index.ts'
import { figuresOf } from './figures.ts'
import type { Outcome, RunJob, SiteSource, Variant } from './ports.ts'

/** A variant that was read and can be run with any seed. */
export interface OpenVariant extends Pick<SiteRunInput, 'castAt'> {
  readonly site: SiteRunInput['site']
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
export function openVariant({ source, conditions, castAt }: Variant): OpenVariant {
  return { site: siteOf(source), conditions, ...(castAt ? { castAt: siteOf(castAt) } : {}) }
}

export function prepareJob({ conditions, ...sites }: OpenVariant, seed: number, watch?: Watch): SiteRun {
  const policy = conditions.policy ?? sites.site.policy
  return prepareSiteRun({ ...conditions, ...sites, seed, policy, ...(watch ? { watch } : {}) })
}

/** What is kept of a finished run. */
export function outcomeOf(job: RunJob, result: SimulationResult, replayed: ReplayCounts | null = null): Outcome {
  return { job, figures: figuresOf(result), ...(job.whole ? { result, replayed } : { result: null, replayed: null }) }
}
