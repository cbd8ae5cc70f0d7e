import type { HeatLink, HeatNetwork, Resistor } from './network.ts'
import { conduct, type HeatPiece, packLinePiece } from './pack-line.ts'
import type { CableParameters, CoolingParameters } from './parameters.ts'

/** Places of a cable's state: temperatures in degC, those given from outside first. `Cable.slots` has those not every cable has. */
export const CableSlot = { ambient: 0, packCoolant: 1, wire: 2, contact: 3, inlet: 4, hotEnd: 5, sensor: 6 } as const

/** Length of a cable's state, whatever it is made of. */
export const CABLE_SLOTS = 11
export const CABLE_BOUNDARIES = 2

/** Copper behaves alike in contact and inlet of both poles: everything is for both. */
const POLES = 2
/** A sensor without lag is followed with this one. */
const LEAST_LAG_s = 0.05

/** Pipes that are one with the cable at a share of full flow. */
interface Flow {
  /** Conductor to coolant over the cable, without and with the warming of the coolant on its way. */
  readonly film_WperK: number
  readonly wireToCoolant_WperK: number
  readonly contactToCoolant_WperK: number
  readonly capacityRate_WperK: number
  /** Rise of the coolant from tank to connector as a share of that from tank to conductor. */
  readonly halfway: number
}

/**
 * Uniform heat along the way and a coolant that warms steadily give exactly 1/G = 1/UA + 1/(2W) between mean conductor and tank.
 */
function flowOf(cooling: CoolingParameters, length_m: number, flow_frac: number): Flow {
  const film = flow_frac ** cooling.filmFlowExponent
  const film_WperK = ((POLES * length_m) / cooling.wireToCoolant_KmperW) * film
  const capacityRate_WperK = cooling.capacityRate_WperK * flow_frac
  const wireToCoolant_WperK = 1 / (1 / film_WperK + 1 / (2 * capacityRate_WperK))
  return {
    film_WperK,
    wireToCoolant_WperK,
    contactToCoolant_WperK: POLES * cooling.contactToCoolant_WperK * film,
    capacityRate_WperK,
    halfway: wireToCoolant_WperK / (2 * capacityRate_WperK),
  }
}

/** Both poles of the conductor at 20 degC. */
function wireResistance_ohm({ material, area_mm2, length_m, layFactor }: CableParameters): number {
  return (POLES * material.resistivity_ohmm * layFactor * length_m) / (area_mm2 * 1e-6)
}

/** Both poles of the conductor with what is around it; with the coolant that stands in it when the flow has stopped. */
function wireCapacity_JperK(cable: CableParameters, standing: boolean): number {
  const { material, area_mm2, length_m, layFactor, cooling } = cable
  const copper = area_mm2 * 1e-6 * layFactor * material.density_kgperm3 * material.specificHeat_JperkgK
  const coolant = standing && cooling ? cooling.stagnantCapacity_JperKm : 0
  return POLES * length_m * (copper + cable.sheathCapacity_JperKm + coolant)
}

/** A sensor of unit capacity follows its place with a first-order lag. */
function sensing(sensor: string, place: string, lag_s: number): HeatLink {
  return { from: sensor, to: { [place]: 1 }, into: null, conductance_WperK: 1 / Math.max(lag_s, LEAST_LAG_s) }
}

/** The sensor not every cable has. */
function conductorSensorPiece({ conductorSensorLag_s: lag_s }: CableParameters): HeatPiece {
  if (lag_s === undefined) return nothing
  return {
    nodes: [{ name: 'conductorSensor', capacity_JperK: 1 }],
    links: [sensing('conductorSensor', 'hotEnd', lag_s)],
    resistors: [],
  }
}

function passiveLinks({ contact, inlet, length_m, wireToAmbient_WperKm, sensorLag_s }: CableParameters): HeatLink[] {
  const wireToAmbient_WperK = POLES * length_m * wireToAmbient_WperKm
  return [
    conduct('wire', 'ambient', wireToAmbient_WperK, true),
    conduct('hotEnd', 'ambient', wireToAmbient_WperK, true),
    conduct('wire', 'contact', POLES * contact.toWire_WperK),
    conduct('contact', 'ambient', POLES * contact.toAmbient_WperK, true),
    conduct('contact', 'inlet', POLES * contact.toInlet_WperK),
    conduct('inlet', 'ambient', POLES * inlet.toAmbient_WperK, true),
    conduct('inlet', 'packCoolant', POLES * inlet.toPackCoolant_WperK, true),
    sensing('sensor', 'contact', sensorLag_s),
  ]
}

/**
 * Links of the flowing coolant. In series it reaches the contacts half-way, warmed by one pole; in parallel fresh. The hot end
 * lies where it comes back: warmed by the whole conductor and by the contacts, q_wire / W = 2 halfway (wire - coolant).
 */
function flowLinks({ cooling, length_m }: CableParameters, flow_frac: number): HeatLink[] {
  if (cooling === null || flow_frac === 0) return []
  const flow = flowOf(cooling, length_m, flow_frac)
  const before = cooling.feed === 'series' ? flow.halfway : 0
  const fromContact = flow.contactToCoolant_WperK / flow.capacityRate_WperK
  const fromWire = 2 * flow.halfway - fromContact * before
  return [
    conduct('wire', 'coolant', flow.wireToCoolant_WperK),
    {
      from: 'contact',
      to: { wire: before, coolant: 1 - before },
      into: 'coolant',
      conductance_WperK: flow.contactToCoolant_WperK,
    },
    {
      from: 'hotEnd',
      to: { contact: fromContact, wire: fromWire, coolant: 1 - fromContact - fromWire },
      into: null,
      conductance_WperK: flow.film_WperK,
    },
  ]
}

function resistorsOf(cable: CableParameters): Resistor[] {
  const { contact, inlet, material } = cable
  const resistance_ohm = wireResistance_ohm(cable)
  const { temperatureCoefficient_perK } = material
  return [
    { node: 'wire', resistance_ohm, temperatureCoefficient_perK },
    { node: 'hotEnd', resistance_ohm, temperatureCoefficient_perK },
    { node: 'contact', ...contact, resistance_ohm: POLES * contact.resistance_ohm },
    { node: 'inlet', ...inlet, resistance_ohm: POLES * inlet.resistance_ohm },
  ]
}

/** Coolant in the tank, and what carries its heat. */
function coolingPiece(cable: CableParameters, flow_frac: number, fanOn: boolean): HeatPiece {
  const { cooling } = cable
  if (cooling === null) return nothing
  const radiator_WperK = fanOn ? cooling.radiatorFanOn_WperK : cooling.radiatorFanOff_WperK
  return {
    nodes: [{ name: 'coolant', capacity_JperK: cooling.tank_JperK }],
    links: [...flowLinks(cable, flow_frac), conduct('coolant', 'ambient', radiator_WperK, true)],
    resistors: [],
  }
}

const nothing: HeatPiece = { nodes: [], links: [], resistors: [] }

function corePiece(cable: CableParameters, standing: boolean): HeatPiece {
  const { contact, inlet } = cable
  const wire_JperK = wireCapacity_JperK(cable, standing)
  return {
    nodes: [
      { name: 'wire', capacity_JperK: wire_JperK },
      { name: 'contact', capacity_JperK: POLES * contact.capacity_JperK },
      { name: 'inlet', capacity_JperK: POLES * inlet.capacity_JperK },
      { name: 'hotEnd', capacity_JperK: wire_JperK },
      { name: 'sensor', capacity_JperK: 1 },
    ],
    links: passiveLinks(cable),
    resistors: resistorsOf(cable),
  }
}

/**
 * The cable as a circuit of heat at a share of full flow, with the fan on or off. Nodes: those of `CableSlot` in its order, then coolant in
 * the tank, line and joint at the vehicle, sensor of the conductor where the cable has them. The hot end is the piece of conductor where the coolant comes back, spread
 * over the whole length; like the sensor it follows the others without acting on them, and so it keeps its heat when the flow stops.
 */
export function cableNetwork(cable: CableParameters, flow_frac: number, fanOn: boolean): HeatNetwork {
  const { cooling, inlet } = cable
  const pieces = [
    corePiece(cable, flow_frac === 0),
    coolingPiece(cable, flow_frac, fanOn),
    inlet.line ? packLinePiece(inlet.line) : nothing,
    conductorSensorPiece(cable),
  ]
  return {
    boundaries: ['ambient', 'packCoolant'],
    nodes: pieces.flatMap(({ nodes }) => nodes),
    links: pieces.flatMap(({ links }) => links),
    resistors: pieces.flatMap(({ resistors }) => resistors),
    heaters: cooling && flow_frac > 0 ? [{ node: 'coolant', power_W: cooling.pump_W }] : [],
    outputs: [],
  }
}
