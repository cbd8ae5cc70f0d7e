import { SECONDS_PER_HOUR } from '../../base/units/index.ts'
import { Mode, type Plant } from './plant.ts'

/** (exp(x) - 1 - x) / x^2, given exp(x) - 1: the share of a double integral an exponential has. */
function secondOrder(x: number, expm1_x: number): number {
  return Math.abs(x) < 1e-4 ? 0.5 + x * (1 / 6 + x * (1 / 24 + x / 120)) : (expm1_x - x) / (x * x)
}

/** What a vehicle drew of what it could have: the difference goes to `source`. `area` is the integral of the energy. size: hot loop */
function bookHeldBack(
  plant: Plant,
  slot: number,
  source: number,
  hours_h: number,
  drawn_kWh: number,
  area: number,
): void {
  const { profiles } = plant
  const piece = plant.piece[slot] as number
  const slope = profiles.couldSlope[piece] as number
  const beyond = (plant.soc_frac[slot] as number) - (profiles.from_frac[piece] as number)
  const could_kW = (profiles.could_kW[piece] as number) + slope * beyond
  const could_kWh = could_kW * hours_h + (slope / (plant.capacity_kWh[slot] as number)) * area
  const held_kWh = could_kWh - drawn_kWh
  const entry = slot * plant.heldBack_kWh.length + source
  plant.heldBack_kWh[source] = (plant.heldBack_kWh[source] as number) + held_kWh
  plant.sessionHeld_kWh[entry] = (plant.sessionHeld_kWh[entry] as number) + held_kWh
}

/** Advances a slot that draws a power of its own. */
export function settleDrawing(plant: Plant, slot: number, now_s: number): void {
  const from_s = plant.settled_s[slot] as number
  if (now_s === from_s) return
  const hours_h = (now_s - from_s) / SECONDS_PER_HOUR
  const power_kW = plant.power_kW[slot] as number
  const growth = plant.growth[slot] as number
  const x = growth * hours_h
  const rise = x === 0 ? 0 : Math.expm1(x)
  const drawn_kWh = x === 0 ? power_kW * hours_h : (power_kW * rise) / growth
  if (plant.followsSquares) {
    const square_kW2h = x === 0 ? power_kW * drawn_kWh : (power_kW * drawn_kWh * (2 + rise)) / 2
    plant.square_kW2h[slot] = (plant.square_kW2h[slot] as number) + square_kW2h
  }
  const capped = plant.mode[slot] === Mode.capped
  if (capped) {
    bookHeldBack(plant, slot, plant.capSource[slot] as number, hours_h, drawn_kWh, (power_kW * hours_h * hours_h) / 2)
  } else if (plant.profiles.held[plant.piece[slot] as number] === 1) {
    const source = plant.profiles.source[plant.piece[slot] as number] as number
    const area = power_kW * hours_h * hours_h * secondOrder(x, rise)
    bookHeldBack(plant, slot, source, hours_h, drawn_kWh, area)
    if (plant.ofPost[source] === 1) plant.postBound_h[slot] = (plant.postBound_h[slot] as number) + hours_h
  }
  plant.power_kW[slot] = power_kW + power_kW * rise
  if (!capped) plant.envelope_kW[slot] = plant.power_kW[slot] as number
  if (plant.under[slot] === -1) plant.meter.flow(from_s, now_s, power_kW, growth, drawn_kWh)
  receive(plant, slot, now_s, drawn_kWh)
  if (capped) plant.envelope_kW[slot] = envelopeNow_kW(plant, slot)
}

function receive(plant: Plant, slot: number, now_s: number, drawn_kWh: number): void {
  plant.settled_s[slot] = now_s
  plant.delivered_kWh[slot] = (plant.delivered_kWh[slot] as number) + drawn_kWh
  plant.soc_frac[slot] = (plant.soc_frac[slot] as number) + drawn_kWh / (plant.capacity_kWh[slot] as number)
}

/** What may flow into a slot at its state of charge. */
export function envelopeNow_kW(plant: Plant, slot: number): number {
  const { profiles } = plant
  const piece = plant.piece[slot] as number
  const beyond = (plant.soc_frac[slot] as number) - (profiles.from_frac[piece] as number)
  return (profiles.envelope_kW[piece] as number) + (profiles.envelopeSlope[piece] as number) * beyond
}

/** Advances one slot that has no saturated node above it. */
export function settleSlot(plant: Plant, slot: number, now_s: number): void {
  const mode = plant.mode[slot]
  if (mode === Mode.own || mode === Mode.capped) settleDrawing(plant, slot, now_s)
  else plant.settled_s[slot] = now_s
}

/** Advances everything below a node that has no saturated node above it. */
export function settleBelow(plant: Plant, node: number, now_s: number): void {
  const { firstSlot, slotEnd } = plant.network
  const { mode } = plant
  lookBelow(plant, node, now_s)
  const end = slotEnd[node] as number
  for (let slot = firstSlot[node] as number; slot < end; slot++) {
    if (mode[slot] === Mode.own || mode[slot] === Mode.capped) settleDrawing(plant, slot, now_s)
  }
}

/**
 * Brings up to now what can be seen below a node that has no saturated node above it: slots that share are advanced, those
 * that draw their envelope only show what it is now (`envelope_kW`) and stay settled when they were.
 */
export function lookBelow(plant: Plant, node: number, now_s: number): void {
  const { firstSlot, slotEnd, nodeEnd } = plant.network
  const { mode, saturated, restEnergy_kWh, restArea } = plant
  const first = firstSlot[node] as number
  const end = slotEnd[node] as number
  const lastNode = nodeEnd[node] as number
  for (let n = node; n < lastNode; n++) {
    restEnergy_kWh[n] = 0
    restArea[n] = 0
  }
  for (let slot = first; slot < end; slot++) if (mode[slot] === Mode.own) look(plant, slot, now_s)
  for (let n = lastNode - 1; n >= node; n--) if (saturated[n] === 1) settleNode(plant, n, now_s)
  for (let slot = first; slot < end; slot++) if (mode[slot] === Mode.share) settleShare(plant, slot, now_s)
}

/** What a slot that draws its envelope takes from the rest of a saturated node since the last look at that node. */
function look(plant: Plant, slot: number, now_s: number): void {
  const { envelope_kW, since_s, restEnergy_kWh, restArea } = plant
  const growth = plant.growth[slot] as number
  const node = plant.under[slot] as number
  if (node < 0) {
    const power_kW = plant.power_kW[slot] as number
    const x = (growth * (now_s - (plant.settled_s[slot] as number))) / SECONDS_PER_HOUR
    envelope_kW[slot] = power_kW + power_kW * Math.expm1(x)
    return
  }
  const hours_h = (now_s - (since_s[node] as number)) / SECONDS_PER_HOUR
  const power_kW = envelope_kW[slot] as number
  const x = growth * hours_h
  let drawn_kWh = power_kW * hours_h
  let area = drawn_kWh * hours_h
  if (x === 0) area /= 2
  else {
    const rise = Math.expm1(x)
    drawn_kWh = (power_kW * rise) / growth
    area *= secondOrder(x, rise)
    envelope_kW[slot] = power_kW + power_kW * rise
  }
  restEnergy_kWh[node] = (restEnergy_kWh[node] as number) - drawn_kWh
  restArea[node] = (restArea[node] as number) - area
}

/** A saturated node passes its capacity: its own rest gains it, the rest of the next saturated node above loses it. */
function settleNode(plant: Plant, node: number, now_s: number): void {
  const from_s = plant.since_s[node] as number
  const hours_h = (now_s - from_s) / SECONDS_PER_HOUR
  const capacity_kW = plant.network.capacity_kW[node] as number
  const passed_kWh = capacity_kW * hours_h
  const area = (passed_kWh * hours_h) / 2
  plant.since_s[node] = now_s
  plant.saturated_h[node] = (plant.saturated_h[node] as number) + hours_h
  plant.restEnergy_kWh[node] = (plant.restEnergy_kWh[node] as number) + passed_kWh
  plant.restArea[node] = (plant.restArea[node] as number) + area
  const above = plant.over[node] as number
  if (above < 0) plant.meter.flow(from_s, now_s, capacity_kW, 0, passed_kWh)
  else {
    plant.restEnergy_kWh[above] = (plant.restEnergy_kWh[above] as number) - passed_kWh
    plant.restArea[above] = (plant.restArea[above] as number) - area
  }
}

function settleShare(plant: Plant, slot: number, now_s: number): void {
  const node = plant.bottleneck[slot] as number
  const share_frac = plant.share_frac[slot] as number
  const hours_h = (now_s - (plant.settled_s[slot] as number)) / SECONDS_PER_HOUR
  const drawn_kWh = share_frac * (plant.restEnergy_kWh[node] as number)
  const area = share_frac * (plant.restArea[node] as number)
  if (plant.followsSquares && hours_h > 0) {
    // As if the power ran straight: what the double integral has beyond that of its mean tells the slope.
    const lean_kWh = drawn_kWh / 2 - area / hours_h
    const square_kW2h = (drawn_kWh * drawn_kWh + 12 * lean_kWh * lean_kWh) / hours_h
    plant.square_kW2h[slot] = (plant.square_kW2h[slot] as number) + square_kW2h
  }
  bookHeldBack(plant, slot, plant.sourceOfNode[node] as number, hours_h, drawn_kWh, area)
  receive(plant, slot, now_s, drawn_kWh)
  plant.envelope_kW[slot] = envelopeNow_kW(plant, slot)
}
