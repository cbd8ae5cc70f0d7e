import type { Code, Coded } from '../../../base/words/index.ts'
import type { Adapter } from '../schema/index.ts'
import { ruleFor } from './access.ts'
import { type Evaluation, networkCap_kW } from './evaluate.ts'
import { gunsOf } from './limits.ts'
import { dayOf, regionOf, yearOf } from './places.ts'
import { type Question, uselessAdapters } from './question.ts'

type Rule = (question: Question, found: Evaluation) => readonly Coded[]

const NOTHING: readonly Coded[] = []

function when(holds: boolean, code: Code, params: Coded['params'] = {}): readonly Coded[] {
  return holds ? [{ code, params }] : NOTHING
}

const voltages: Rule = ({ vehicle }, { outlet, session }) => [
  ...when(vehicle.window === null, 'match.warn.packVoltageUnknown'),
  ...when(
    vehicle.window?.basis === 'pack.class_V' || vehicle.window?.basis === 'pack.architecture_V',
    'match.warn.voltageByClass',
    {
      voltage_V: vehicle.window?.voltage_V ?? null,
    },
  ),
  ...when(outlet.record.maxVoltage_V === null, 'match.warn.postVoltageUnknown'),
  ...when(session.low?.strategy === 'unknown', 'match.warn.strategyUnknown'),
]

/** A post this close to the pack voltage may charge directly until the pack is nearly full. */
const NEARLY_frac = 0.95

const nearly: Rule = ({ vehicle }, { outlet, session }) => {
  const reach_V = outlet.record.maxVoltage_V
  const pack_V = vehicle.window?.voltage_V ?? null
  const isNear = session.low !== null && reach_V !== null && pack_V !== null && reach_V >= NEARLY_frac * pack_V
  return when(isNear, 'match.warn.nearlyReaches', { reach_V, pack_V })
}

const powers: Rule = ({ vehicle, post }, { outlet, inlet, session, obstacles }) => {
  if (obstacles.length > 0) return []
  const peak_kW = vehicle.record.maxPower_kW
  const { maxCurrent_A, maxPower_kW } = outlet.record
  return [
    ...when(maxCurrent_A === null, 'match.warn.postCurrentUnknown'),
    ...when(maxPower_kW === null && post.record.cabinet.power_kW === null, 'match.warn.postPowerUnknown'),
    ...when(inlet.maxPower_kW === null && peak_kW === null, 'match.warn.vehiclePowerUnknown'),
    ...when(inlet.maxPower_kW === null && peak_kW !== null, 'match.warn.inletPowerUnknown', {
      inlet: inlet.connector,
      power_kW: peak_kW,
    }),
    ...when(session.low !== null && session.low.power_kW === null, 'match.warn.lowVoltagePowerUnknown'),
    ...when(vehicle.curve !== null && vehicle.energy_kWh === null, 'match.warn.energyUnknown'),
    ...when(vehicle.record.pack.usable_kWh === null && vehicle.energy_kWh !== null, 'match.warn.grossEnergy'),
  ]
}

const guns: Rule = (_, found) => {
  const used = gunsOf(found)
  const wanted = found.inlet.usedTogether
  return [
    ...when(used > 1, 'match.warn.gunsTogether', { guns: used }),
    ...when(used < wanted, 'match.warn.fewerGuns', { guns: used, wanted }),
  ]
}

const sharing: Rule = ({ post }, { obstacles }) => {
  const { power_kW, outlets } = post.record.cabinet
  const shared = power_kW !== null && outlets !== null && outlets > 1 && obstacles.length === 0
  return when(shared, 'match.warn.alone', { power_kW, outlets })
}

const places: Rule = ({ request, post, vehicle }, { variant, inlet }) => {
  const { market } = request
  const sold = post.record.markets
  return [
    ...when(variant.imported, 'match.warn.imported', { market: variant.region, from: inlet.market }),
    ...when(
      market !== undefined && !sold.some((place) => regionOf(place) === regionOf(market)),
      'match.warn.postElsewhere',
      {
        market: market ?? null,
        markets: sold,
      },
    ),
    ...when(inlet.side !== null, 'match.warn.side', { side: inlet.side }),
    ...when(vehicle.record.status === 'trial' || post.record.status === 'trial', 'match.warn.trial'),
    ...when(vehicle.record.status === 'archetype' || post.record.status === 'archetype', 'match.warn.archetype'),
  ]
}

const dates: Rule = ({ date, post, vehicle }, { variant, inlet: used }) => {
  const first = vehicle.record.modelYears.from
  const since = post.record.availableFrom
  const rivals = variant.inlets.filter(
    ({ connector, market, option }) =>
      connector !== used.connector && option === null && regionOf(market) === regionOf(used.market),
  )
  const changed = rivals.length > 0 && used.option === null
  const { from, to } = used.modelYears
  const inlet = used.connector
  return [
    ...when(first !== null && first > yearOf(date), 'match.warn.vehicleNotYet', { year: String(first), date }),
    ...when(since !== null && dayOf(since) > date, 'match.warn.postNotYet', { from: since, date }),
    ...when(changed && from !== null && from !== first, 'match.warn.inletFromYear', { inlet, year: String(from) }),
    ...when(changed && to !== null, 'match.warn.inletUntilYear', { inlet, year: String(to) }),
  ]
}

const options: Rule = ({ request, vehicle }, { variant }) => {
  const asked = request.options ?? []
  const known = vehicle.record.options
  return [
    ...asked
      .filter((id) => !(id in known))
      .map((option) => ({ code: 'match.warn.optionUnknown', params: { option } }) as const),
    ...[...variant.options]
      .filter((id) => !asked.includes(id))
      .map((option) => ({ code: 'match.warn.optionStandard', params: { option, market: variant.region } }) as const),
  ]
}

const availabilityCodes: Readonly<Partial<Record<Adapter['availability'], Code>>> = {
  greyMarket: 'match.warn.adapterGreyMarket',
  pilot: 'match.warn.adapterPilot',
  discontinued: 'match.warn.adapterDiscontinued',
  warned: 'match.warn.adapterWarned',
}

function adapterWarnings({ id, availability, maxCurrent_A, maxPower_kW }: Adapter): readonly Coded[] {
  const code = availabilityCodes[availability]
  return [
    ...when(maxCurrent_A === null && maxPower_kW === null, 'match.warn.adapterRatingUnknown', { adapter: id }),
    ...(code ? when(true, code, { adapter: id }) : []),
  ]
}

const adapters: Rule = (question, { chain }) => [
  ...uselessAdapters(question).map((adapter) => ({ code: 'match.warn.adapterUseless', params: { adapter } }) as const),
  ...(chain ?? []).flatMap(adapterWarnings),
]

const conditions: Rule = ({ ambient_degC, post }) => {
  const hottest_degC = post.record.cabinet.derating.at(-1)?.ambient_degC ?? null
  return when(hottest_degC !== null && ambient_degC > hottest_degC, 'match.warn.hotterThanTable', {
    ambient_degC,
    hottest_degC,
  })
}

const network: Rule = (question, { variant, session, obstacles }) => {
  const reported_kW = question.vehicle.record.partnerAccess?.maxPower_kW ?? null
  const isPartner = ruleFor(question.post.record.access, variant.region).type === 'partner'
  const dropped =
    isPartner && session.low === null && reported_kW !== null && networkCap_kW(question, variant, session) === null
  return when(dropped && obstacles.length === 0, 'match.warn.networkPowerElsewhere', { power_kW: reported_kW })
}

const rules: readonly Rule[] = [
  places,
  dates,
  options,
  adapters,
  voltages,
  nearly,
  powers,
  guns,
  sharing,
  conditions,
  network,
]

/** What the answer takes for given or cannot know. */
export function warningsOf(question: Question, found: Evaluation): readonly Coded[] {
  const warnings: Coded[] = []
  for (const rule of rules) warnings.push(...rule(question, found))
  return warnings
}
