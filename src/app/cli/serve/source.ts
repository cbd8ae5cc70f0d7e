import { MAX_DOCUMENT_BYTES } from '../../../base/documents/index.ts'
import { type Checked, invariant } from '../../../base/problems/index.ts'
import { loadSite, type Site } from '../../../hub/site/index.ts'
import type { Catalogue } from '../../../hub/standards/index.ts'
import type { Workload } from '../../../io/formats/workload/index.ts'
import { readUserFile } from '../files.ts'
import { usageProblem } from '../print.ts'
import { withMarketDemand } from '../simulation/market-demand.ts'
import type { ServeOptions } from './options.ts'

const MAX_WORKLOAD_BYTES = 256 * 1024 * 1024
const SECONDS_PER_HOUR = 3600

/** The hub that is served. */
export interface Served {
  readonly site: Site
  /** Site file, or what stands for it. */
  readonly text: string
  /** File the user named, as it was read. */
  readonly file: string
  readonly bytes: Uint8Array
  /** Cars that come as recorded; null: as the demand of the site says. */
  readonly recording: Workload | null
}

async function readSite(file: string, catalogue: Catalogue): Promise<Checked<Served>> {
  const read = await readUserFile(file, MAX_DOCUMENT_BYTES)
  if (!read.ok) return { ok: false, problems: [read.problem] }
  const resolved = await withMarketDemand(read.bytes, file)
  if (!resolved.ok) return resolved
  const checked = loadSite(resolved.value, file, catalogue)
  if (!checked.ok) return checked
  const text = new TextDecoder().decode(resolved.value)
  return { ...checked, value: { site: checked.value, text, file, bytes: read.bytes, recording: null } }
}

async function readRecorded(file: string, options: ServeOptions, catalogue: Catalogue): Promise<Checked<Served>> {
  const { readWorkload } = await import('../../../io/formats/workload/index.ts')
  const { recordedFrom, recordedSite } = await import('../../live/index.ts')
  const read = await readUserFile(file, MAX_WORKLOAD_BYTES)
  if (!read.ok) return { ok: false, problems: [read.problem] }
  const checked = readWorkload(new TextDecoder().decode(read.bytes), file)
  if (!checked.ok) return checked
  const workload = checked.value
  const { siteLimit_kW, skip_h } = options
  const recording = recordedFrom(workload, skip_h * SECONDS_PER_HOUR)
  if (recording.sessions.length === 0) {
    return { ok: false, problems: [usageProblem({ code: 'serve.skipsAll', params: { skip: skip_h } })] }
  }
  const text = recordedSite(workload, siteLimit_kW ?? workload.siteLimit_kW)
  const site = loadSite(text, file, catalogue)
  invariant(site.ok, 'the hub of a workload is a site')
  return { ...checked, value: { site: site.value, text, file, bytes: read.bytes, recording } }
}

/** What cannot be run live is refused here: the naive policy commands nothing, and virtual cars need a demand. */
function unserved({ site, recording }: Served, { isVirtual }: ServeOptions) {
  const problems = []
  if (site.policy === 'equal-rating') {
    const fix = { code: 'serve.fix.policy', params: {} } as const
    problems.push(usageProblem({ code: 'serve.equalRating', params: {} }, fix))
  }
  if (isVirtual && recording === null && site.demand === null) {
    problems.push(usageProblem({ code: 'serve.noDemand', params: {} }))
  }
  return problems
}

/** Reads the hub that is to be served. */
export async function readServed(options: ServeOptions, catalogue: Catalogue): Promise<Checked<Served>> {
  const { site, workload } = options
  const read =
    workload === null ? await readSite(site ?? '', catalogue) : await readRecorded(workload, options, catalogue)
  if (!read.ok) return read
  const problems = unserved(read.value, options)
  return problems.length > 0 ? { ok: false, problems: [...read.warnings, ...problems] } : read
}
