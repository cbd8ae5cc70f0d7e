import { type Confidence, confidences } from '../schema/choices.ts'
import type { Adapter, Charger, SwapStation, Vehicle } from '../schema/index.ts'
import { ruleFor } from './access.ts'
import type { Evaluation } from './evaluate.ts'
import type { PreparedVehicle, Voltage } from './facts.ts'
import { byTightness } from './limits.ts'
import type { Question } from './question.ts'
import type { LimitSource } from './sources.ts'

type Provenance = Pick<Vehicle | Charger | Adapter | SwapStation, 'confidence' | 'fieldConfidence'>

/** How sure one attribute of a record is: its own mark, that of what it lies under, else the record's. */
export function confidenceOf(record: Provenance, path: string): Confidence {
  for (let name = path; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const own = record.fieldConfidence[name]
    if (own !== undefined) return own
  }
  return record.confidence
}

export function weakest(found: readonly Confidence[]): Confidence {
  return found.reduce((a, b) => (confidences.indexOf(a) >= confidences.indexOf(b) ? a : b), 'confirmed')
}

function packConfidence(vehicle: PreparedVehicle, voltage: Voltage | null): Confidence[] {
  return voltage ? [confidenceOf(vehicle.record, voltage.basis)] : []
}

/** Attributes a limit is computed from, by source: of the post, of the vehicle. */
const limitPaths: Readonly<Partial<Record<LimitSource, readonly ['post' | 'vehicle', string]>>> = {
  'access.network': ['vehicle', 'partnerAccess.maxPower_kW'],
  'charger.minVoltage': ['post', 'evses.connectors.minVoltage_V'],
  'charger.maxVoltage': ['post', 'evses.connectors.maxVoltage_V'],
  'charger.maxCurrent': ['post', 'evses.connectors.maxCurrent_A'],
  'charger.maxPower': ['post', 'evses.connectors.maxPower_kW'],
  'charger.derating': ['post', 'cabinet.derating'],
  'cabinet.share': ['post', 'cabinet.power_kW'],
  'vehicle.maxCurrent': ['vehicle', 'maxCurrent_A'],
  'vehicle.lowVoltage': ['vehicle', 'lowVoltage.maxPower_kW'],
}

const currentSources: ReadonlySet<LimitSource> = new Set([
  'charger.maxCurrent',
  'cable.maxCurrent',
  'adapter.maxCurrent',
  'adapter.temperature',
  'vehicle.maxCurrent',
])

const adapterPaths: Readonly<Partial<Record<LimitSource, string>>> = {
  'adapter.maxVoltage': 'maxVoltage_V',
  'adapter.maxCurrent': 'maxCurrent_A',
  'adapter.maxPower': 'maxPower_kW',
  'adapter.temperature': 'hotClimateCurrent_A',
}

function adapterConfidence(source: LimitSource, chain: readonly Adapter[]): Confidence[] {
  const path = adapterPaths[source]
  return chain.map((adapter) => (path === undefined ? adapter.confidence : confidenceOf(adapter, path)))
}

function maxPowerConfidence(vehicle: Vehicle, { inlet }: Evaluation): Confidence {
  const isPeak = inlet.maxPower_kW === null || inlet.maxPower_kW === vehicle.maxPower_kW
  return weakest([
    confidenceOf(vehicle, 'inlets.maxPower_kW'),
    ...(isPeak ? [confidenceOf(vehicle, 'maxPower_kW')] : []),
  ])
}

/** How sure the number of one limit is. */
function limitConfidence(source: LimitSource, question: Question, found: Evaluation): Confidence[] {
  const { vehicle, post } = question
  const pack = currentSources.has(source) ? packConfidence(vehicle, vehicle.session) : []
  if (source === 'vehicle.maxPower') return [maxPowerConfidence(vehicle.record, found)]
  if (source === 'vehicle.chargeCurve') return [vehicle.record.curve.confidence]
  const path = limitPaths[source]
  if (path === undefined) return pack
  return [...pack, confidenceOf(path[0] === 'post' ? post.record : vehicle.record, path[1])]
}

/** The voltage window rests on the post's reach, the pack, and the strategy where it comes to that. */
function windowConfidence({ vehicle, post }: Question, { session, outlet, obstacles }: Evaluation): Confidence[] {
  if (outlet.record.maxVoltage_V === null) return ['uncertain']
  const used = [...packConfidence(vehicle, vehicle.window), confidenceOf(post.record, 'evses.connectors.maxVoltage_V')]
  if (session.low === null && obstacles.length === 0) return used
  const isGuess = session.low !== null && (session.low.strategy === 'unknown' || session.low.power_kW === null)
  const strategy = isGuess ? 'uncertain' : confidenceOf(vehicle.record, 'lowVoltage.strategy')
  return [...used, strategy]
}

function accessConfidence({ post, vehicle }: Question, { variant }: Evaluation): Confidence[] {
  const { type } = ruleFor(post.record.access, variant.region)
  if (type === 'open') return []
  const partner = type === 'partner' && vehicle.record.partnerAccess !== null
  const own = partner ? [confidenceOf(vehicle.record, 'partnerAccess')] : []
  return [confidenceOf(post.record, 'access.brands'), ...own]
}

function geometryConfidence({ post, vehicle }: Question): Confidence[] {
  return [confidenceOf(vehicle.record, 'inlets.connector'), confidenceOf(post.record, 'evses.connectors.connector')]
}

/** Every obstacle is sure enough by itself: a refusal is as sure as its surest obstacle. */
function refusalConfidence(question: Question, found: Evaluation): Confidence {
  const single = found.obstacles.map(({ code }): Confidence => {
    if (code === 'access.network') return weakest(accessConfidence(question, found))
    if (code === 'charger.maxVoltage' || code === 'charger.minVoltage')
      return weakest(windowConfidence(question, found))
    if (code === 'adapter.maxVoltage') return weakest(adapterConfidence(code, found.chain ?? []))
    return weakest(geometryConfidence(question))
  })
  return confidences.find((level) => single.includes(level)) ?? 'confirmed'
}

/** Weakest of the facts that the answer and its power rest on. */
export function answerConfidence(question: Question, found: Evaluation): Confidence {
  if (found.obstacles.length > 0) return refusalConfidence(question, found)
  const binding = [...found.limits].sort(byTightness)[0]
  const peakKnown = found.inlet.maxPower_kW ?? question.vehicle.record.maxPower_kW
  return weakest([
    ...geometryConfidence(question),
    ...accessConfidence(question, found),
    ...windowConfidence(question, found),
    ...(binding ? limitConfidence(binding.source, question, found) : []),
    ...adapterConfidence(binding?.source ?? 'connector.fit', found.chain ?? []),
    ...(peakKnown === null ? (['uncertain'] as const) : []),
  ])
}

/** Weakest of the facts the charging time rests on: those of the answer, the curve and the pack's energy. */
export function minutesConfidence(vehicle: Vehicle, answer: Confidence): Confidence {
  const energy = vehicle.pack.usable_kWh === null ? 'pack.gross_kWh' : 'pack.usable_kWh'
  return weakest([answer, vehicle.curve.confidence, confidenceOf(vehicle, energy)])
}
