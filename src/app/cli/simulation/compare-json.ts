import { engineVersion } from '../../../base/version/index.ts'
import { CONFIDENCE_frac, type ComparedHub, type Contrast, estimates } from '../../../study/simulate/many/index.ts'
import { figuresAsJson, runsAsJson } from './batch.ts'
import type { Comparison } from './compare-text.ts'
import { demandAsJson } from './demand-source.ts'

function hubAsJson({ label, file, hub, policy, outcomes }: ComparedHub) {
  return {
    ...{ label, file, site: hub.name, policy, siteLimit_kW: hub.import_kW },
    figures: figuresAsJson(estimates(outcomes.map(({ figures }) => figures))),
    perRun: runsAsJson(outcomes),
  }
}

function contrastAsJson({ base, other, changes, crowd, differences }: Contrast) {
  return {
    site: other.label,
    against: base.label,
    sameDemand: crowd.length === 0,
    changes,
    figures: Object.fromEntries(
      differences.map(({ figure, difference, verdict, runsToTell }) => [
        figure.name,
        { difference, verdict, runsToTell },
      ]),
    ),
  }
}

/** The comparison as JSON: every hub with its runs, then every paired difference. */
export function comparisonJson({ hubs, contrasts, source, options, from, to }: Comparison): string {
  const answer = {
    engineVersion,
    seed: options.seed,
    runs: hubs[0]?.outcomes.length ?? 0,
    runsAsked: options.runs,
    ...{ from, to, confidence_frac: CONFIDENCE_frac },
    ...demandAsJson(source, hubs[0]?.outcomes[0]?.replayed ?? null),
    sites: hubs.map(hubAsJson),
    comparisons: contrasts.map(contrastAsJson),
  }
  return JSON.stringify(answer, null, 2)
}
