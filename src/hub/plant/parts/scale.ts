import type { ModuleParameters } from '../cabinet/index.ts'
import type {
  CableParameters,
  CoolingParameters,
  InletParameters,
  JointParameters,
  PackLineParameters,
} from '../cable/index.ts'

function scaledCooling(cooling: CoolingParameters, factor: number): CoolingParameters {
  return {
    ...cooling,
    wireToCoolant_KmperW: cooling.wireToCoolant_KmperW / factor,
    contactToCoolant_WperK: cooling.contactToCoolant_WperK * factor,
    capacityRate_WperK: cooling.capacityRate_WperK * factor,
    tank_JperK: cooling.tank_JperK * factor,
    stagnantCapacity_JperKm: cooling.stagnantCapacity_JperKm * factor,
    radiatorFanOn_WperK: cooling.radiatorFanOn_WperK * factor,
    radiatorFanOff_WperK: cooling.radiatorFanOff_WperK * factor,
    pump_W: cooling.pump_W * factor,
    loop: cooling.loop && { ...cooling.loop, pumpCurve_Pas2perm6: cooling.loop.pumpCurve_Pas2perm6 / factor ** 2 },
  }
}

function scaledJoint(joint: JointParameters, factor: number): JointParameters {
  return {
    ...joint,
    resistance_ohm: joint.resistance_ohm / factor,
    capacity_JperK: joint.capacity_JperK * factor,
    toAmbient_WperK: joint.toAmbient_WperK * factor,
  }
}

function scaledLine(line: PackLineParameters, factor: number): PackLineParameters {
  return {
    ...line,
    area_mm2: line.area_mm2 * factor,
    toPackCoolant_WperKm: line.toPackCoolant_WperKm * factor,
    toAmbient_WperKm: line.toAmbient_WperKm * factor,
    joint: line.joint && scaledJoint(line.joint, factor),
  }
}

function scaledInlet(inlet: InletParameters, factor: number): InletParameters {
  return {
    ...inlet,
    resistance_ohm: inlet.resistance_ohm / factor,
    capacity_JperK: inlet.capacity_JperK * factor,
    toAmbient_WperK: inlet.toAmbient_WperK * factor,
    toPackCoolant_WperK: inlet.toPackCoolant_WperK * factor,
    ...(inlet.line ? { line: scaledLine(inlet.line, factor) } : {}),
  }
}

/**
 * A cable as strong as several side by side: resistances fall, conductances and heat capacities rise in proportion, so
 * that it has the temperatures of the original at a current greater by the factor. The shares of flow over viscosity
 * are those of the original.
 */
export function scaledCable(cable: CableParameters, factor: number): CableParameters {
  const { contact, inlet, cooling } = cable
  return {
    ...cable,
    area_mm2: cable.area_mm2 * factor,
    sheathCapacity_JperKm: cable.sheathCapacity_JperKm * factor,
    wireToAmbient_WperKm: cable.wireToAmbient_WperKm * factor,
    contact: {
      ...contact,
      resistance_ohm: contact.resistance_ohm / factor,
      capacity_JperK: contact.capacity_JperK * factor,
      toWire_WperK: contact.toWire_WperK * factor,
      toInlet_WperK: contact.toInlet_WperK * factor,
      toAmbient_WperK: contact.toAmbient_WperK * factor,
    },
    inlet: scaledInlet(inlet, factor),
    cooling: cooling && scaledCooling(cooling, factor),
  }
}

/** A module of another size: power and currents in proportion. */
export function scaledModule(module: ModuleParameters, power_kW: number): ModuleParameters {
  const factor = power_kW / module.power_kW
  const { halves } = module
  return {
    ...module,
    power_kW,
    maxCurrent_A: module.maxCurrent_A * factor,
    halves: halves && { ...halves, seriesCurrent_A: halves.seriesCurrent_A * factor },
  }
}
