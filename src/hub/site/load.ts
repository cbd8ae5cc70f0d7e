import { type Draft, openDocument, type Path, sorted } from '../../base/documents/index.ts'
import type { Checked } from '../../base/problems/index.ts'
import type { Catalogue } from '../standards/catalogue/index.ts'
import { mergeRecords } from '../standards/records/index.ts'
import { checkEquipment } from './equipment.ts'
import { checkDemand } from './fleet.ts'
import { collectIds } from './ids.ts'
import { migrate } from './migrations.ts'
import { namesOf } from './names.ts'
import { warnOfIdleCabinets, warnOfRecords } from './notes.ts'
import { checkAmbient, checkFloor, checkPlace } from './place.ts'
import { SiteReport } from './report.ts'
import { resolveSite } from './resolve.ts'
import { type SiteFile, siteFileSchema } from './schema/index.ts'
import type { Site } from './site.ts'
import { checkTree } from './tree.ts'

/**
 * Reads a site file against a catalogue. Everything wrong is told at once: text, schema, and what the parts of the
 * file say about each other; warnings are told with the site. Nothing is assumed about money, limits or batteries.
 */
export function loadSite(input: string | Uint8Array, file: string, catalogue: Catalogue): Checked<Site> {
  const document = openDocument(siteFileSchema, input, file, migrate)
  const report = new SiteReport(document.locate)
  const draft = document.draft as Draft<SiteFile> | null
  const locate = (path: Path, what?: 'value' | 'key') => document.locate(['catalogue', ...path], what)
  const merged = mergeRecords(catalogue, draft?.catalogue ? [{ records: draft.catalogue, locate }] : [])
  report.add(merged.problems)
  if (draft) checkParts(draft, merged.catalogue, report)
  const problems = sorted([...document.problems, ...report.problems])
  if (document.value === null || report.failed) return { ok: false, problems }
  return { ok: true, value: resolveSite(document.value, merged.catalogue, document.locate), warnings: problems }
}

/** A site file as it is written, with defaults filled in and references not resolved; null when it is not sound. */
export function readSiteFile(input: string | Uint8Array, file: string): SiteFile | null {
  return openDocument(siteFileSchema, input, file, migrate).value
}

function checkParts(site: Draft<SiteFile>, catalogue: Catalogue, report: SiteReport): void {
  const ids = collectIds(site, catalogue, report)
  const stock = { catalogue, names: namesOf(site, catalogue, ids), report }
  checkPlace(site, report)
  checkFloor(site, report)
  checkAmbient(site, report)
  checkTree(site, ids, report)
  checkEquipment(site, stock)
  checkDemand(site, stock)
  warnOfRecords(site, stock)
  warnOfIdleCabinets(site, stock)
}
