import type { Charger } from '../schema/index.ts'
import { answerConfidence, minutesConfidence } from './confidence.ts'
import { highest_kW, minutesBetween, powerAt_kW } from './curve.ts'
import { bestOf, type Evaluation } from './evaluate.ts'
import type { MatchFacts } from './facts.ts'
import { byTightness, curveOf, gunsOf, inletPower_kW } from './limits.ts'
import { type Question, questionOf } from './question.ts'
import { withRemedies } from './remedies.ts'
import type { CurvePoints, Limit, MatchRequest, MatchResult } from './result.ts'
import type { LimitSource } from './sources.ts'
import { matchSwap } from './swap.ts'
import { warningsOf } from './warnings.ts'

const ownSources: ReadonlySet<LimitSource> = new Set(['vehicle.maxCurrent', 'vehicle.maxPower', 'vehicle.chargeCurve'])

/** The vehicle's own limits are no shortcoming of the post; a current only its coupler imposes is one. */
function isOwn(limit: Limit): boolean {
  return ownSources.has(limit.source) && limit.params['stated'] !== false
}

function lowest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? Math.min(...known) : null
}

/** Peak of the vehicle as it is, over all its inlets. */
function ownPeak_kW({ vehicle }: Question, { variant }: Evaluation): number | null {
  const peaks = variant.inlets.map((inlet) => inletPower_kW(inlet, vehicle)).filter((power_kW) => power_kW !== null)
  return peaks.length > 0 ? Math.max(...peaks) : null
}

type Own = MatchResult['own']

function ownAt_kW({ maxPower_kW, curve }: Own, soc_frac: number | null): number | null {
  const byCurve = curve === null ? null : soc_frac === null ? highest_kW(curve) : powerAt_kW(curve, soc_frac)
  return lowest([maxPower_kW, byCurve])
}

function verdictOf(question: Question, found: Evaluation, own: Own): MatchResult['verdict'] {
  if (found.obstacles.length > 0) return 'no'
  const best_kW = ownAt_kW(own, question.soc_frac)
  if (best_kW === null) return found.session.low === null ? 'yes' : 'limited'
  const others_kW = lowest(found.limits.filter((limit) => !isOwn(limit)).map(({ power_kW }) => power_kW))
  const inlet_kW = inletPower_kW(found.inlet, question.vehicle)
  return (others_kW ?? best_kW) < best_kW || (inlet_kW ?? best_kW) < best_kW ? 'limited' : 'yes'
}

/** Time from 10 to 80 % under every limit but the curve, which is followed exactly. */
function minutesOf({ vehicle }: Question, found: Evaluation, curve: CurvePoints | null): number | null {
  if (curve === null || vehicle.energy_kWh === null || found.obstacles.length > 0) return null
  const level = found.limits.filter(({ source }) => source !== 'vehicle.chargeCurve').map(({ power_kW }) => power_kW)
  return minutesBetween(curve, Math.min(...level), vehicle.energy_kWh, [0.1, 0.8])
}

function sourcesOf({ vehicle, post }: Question, { chain }: Evaluation): readonly string[] {
  const sources = new Set(vehicle.record.sources)
  for (const record of [post.record, ...(chain ?? [])]) for (const id of record.sources) sources.add(id)
  return [...sources]
}

function conditionsOf({
  date,
  ambient_degC,
  soc_frac,
}: Question): Pick<MatchResult, 'date' | 'ambient_degC' | 'soc_frac'> {
  return { date, ambient_degC, soc_frac }
}

function placeOf(found: Evaluation): Pick<MatchResult, 'connector' | 'inlet' | 'evse' | 'guns' | 'market' | 'options'> {
  return {
    connector: found.outlet.record.connector,
    inlet: found.inlet.connector,
    evse: found.outlet.evse,
    guns: gunsOf(found),
    market: found.variant.region,
    options: [...found.variant.options],
  }
}

function resultOf(question: Question, found: Evaluation): MatchResult {
  const peak_kW = ownPeak_kW(question, found)
  const own = { maxPower_kW: peak_kW, curve: curveOf(question.vehicle, peak_kW) }
  const inlet_kW = inletPower_kW(found.inlet, question.vehicle)
  const curve = inlet_kW === peak_kW ? own.curve : curveOf(question.vehicle, inlet_kW)
  const confidence = answerConfidence(question, found)
  const minutes10to80 = minutesOf(question, found, curve)
  const fits = found.obstacles.length === 0
  return {
    vehicle: question.vehicle.record.id,
    post: question.post.record.id,
    kind: 'plug',
    fits,
    verdict: verdictOf(question, found, own),
    through: (found.chain ?? []).map(({ id }) => id),
    protocol: fits ? found.protocol : null,
    power_kW: found.power_kW,
    limits: [...found.limits].sort(byTightness),
    obstacles: fits ? [] : withRemedies(question, found),
    minutes10to80,
    confidence,
    minutesConfidence: minutes10to80 === null ? null : minutesConfidence(question.vehicle.record, confidence),
    ...placeOf(found),
    ...conditionsOf(question),
    own,
    curve,
    warnings: warningsOf(question, found),
    sources: sourcesOf(question, found),
  }
}

/** The vehicle has no inlet for direct current, or the post no plug for it. */
function withoutDc(question: Question): MatchResult {
  const { vehicle, post } = question
  const plugs = question.outlets.map(({ connector }) => connector.id)
  const inlets = vehicle.record.inlets.map(({ connector }) => connector)
  const params = { plug: plugs, inlet: inlets }
  return {
    vehicle: vehicle.record.id,
    post: post.record.id,
    kind: 'plug',
    fits: false,
    verdict: 'no',
    through: [],
    protocol: null,
    power_kW: 0,
    limits: [{ source: 'connector.fit', power_kW: 0, params }],
    obstacles: [{ code: 'connector.fit', params }],
    minutes10to80: null,
    confidence: vehicle.record.confidence,
    minutesConfidence: null,
    connector: null,
    inlet: null,
    evse: null,
    guns: 0,
    market: question.variants[0]?.region ?? null,
    options: [],
    ...conditionsOf(question),
    own: { maxPower_kW: null, curve: null },
    curve: null,
    warnings: [{ code: 'match.warn.dcOnly', params: {} }],
    sources: [...new Set([...vehicle.record.sources, ...post.record.sources])],
  }
}

function matchPlug(request: MatchRequest, post: Charger, facts: MatchFacts): MatchResult {
  const question = questionOf(request, post, facts)
  const found = bestOf(question)
  return found === null ? withoutDc(question) : resultOf(question, found)
}

/**
 * Whether a vehicle can charge at a post, through which adapters, how fast, and what holds it back. Pure; the rules
 * are those of SPEC.md.
 */
export function match(request: MatchRequest, facts: MatchFacts): MatchResult {
  const { post } = request
  return 'evses' in post ? matchPlug(request, post, facts) : matchSwap(request, post, facts)
}
