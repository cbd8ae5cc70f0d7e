import type { CableParameters, CoolingParameters } from '../../src/hub/plant/cable/index.ts'

/** Cables whose figures the expected temperatures and currents of the tests were reckoned with. */
const copper = {
  resistivity_ohmm: 1.724e-8,
  temperatureCoefficient_perK: 0.00393,
  density_kgperm3: 8960,
  specificHeat_JperkgK: 385,
  conductivity_WpermK: 390,
}
const contactCoefficient_perK = 0.003

const limits = { contact_degC: 90, conductor_degC: 90, inlet_degC: 90 }
const derating = { drop_degC: 88, recover_degC: 83, trip_degC: 90, step_frac: 0.05 }

export const oil = {
  density_kgperm3: 920,
  specificHeat_JperkgK: 2000,
  viscosityAt40_Pas: 7e-3,
  viscosityFall_perK: 0.035,
}
export const glycol = {
  density_kgperm3: 1065,
  specificHeat_JperkgK: 3600,
  viscosityAt40_Pas: 2.2e-3,
  viscosityFall_perK: 0.025,
}

/** Conductance of air around a single core, from its size: insulation, then natural convection and radiation at 9.5 W/m2K. */
function airGeometry(area_mm2: number) {
  const diameter_m = (14 + 2.45 * Math.sqrt(area_mm2)) / 1000
  const sheath_m2 = (Math.PI * diameter_m ** 2) / 4 - 2 * area_mm2 * 1e-6 - 25e-6
  return {
    wireToAmbient_WperKm: 1 / (0.25 + 2 / (9.5 * Math.PI * diameter_m)),
    sheathCapacity_JperKm: 0.5 * sheath_m2 * 1.7e6,
  }
}

/** An uncooled cable of 5 m by its cross-section; its conductor is a cooling fin to the contacts. */
export function airCable(area_mm2: number): CableParameters {
  const geometry = airGeometry(area_mm2)
  const toWire_WperK = Math.sqrt(geometry.wireToAmbient_WperKm * copper.conductivity_WpermK * area_mm2 * 1e-6)
  return {
    ...geometry,
    material: copper,
    area_mm2,
    length_m: 5,
    layFactor: 1.03,
    contact: {
      resistance_ohm: 1e-4,
      temperatureCoefficient_perK: contactCoefficient_perK,
      capacity_JperK: 180,
      toWire_WperK,
      toInlet_WperK: 0.12,
      toAmbient_WperK: 0.12,
    },
    inlet: {
      resistance_ohm: 2e-5,
      temperatureCoefficient_perK: contactCoefficient_perK,
      capacity_JperK: 300,
      toAmbient_WperK: 0.25,
      toPackCoolant_WperK: 0,
      packCoolant_degC: null,
    },
    cooling: null,
    limits,
    derating,
    sensorLag_s: 15,
  }
}

interface Liquid {
  readonly area_mm2: number
  readonly length_m: number
  readonly sheathCapacity_JperKm: number
  readonly contact: readonly [resistance_ohm: number, capacity_JperK: number, toInlet_WperK: number]
  readonly inlet: readonly [resistance_ohm: number, capacity_JperK: number, toAmbient_WperK: number]
  readonly pack: readonly [toPackCoolant_WperK: number, packCoolant_degC: number | null]
  readonly cooling: Omit<CoolingParameters, 'filmFlowExponent' | 'radiatorFanOff_WperK' | 'feed' | 'loop'>
}

function liquidCable(liquid: Liquid): CableParameters {
  const { cooling, contact, inlet, pack, ...rest } = liquid
  return {
    ...rest,
    material: copper,
    layFactor: 1.03,
    wireToAmbient_WperKm: 0.35,
    contact: {
      resistance_ohm: contact[0],
      temperatureCoefficient_perK: contactCoefficient_perK,
      capacity_JperK: contact[1],
      toWire_WperK: 0.1,
      toInlet_WperK: contact[2],
      toAmbient_WperK: 0.05,
    },
    inlet: {
      resistance_ohm: inlet[0],
      temperatureCoefficient_perK: contactCoefficient_perK,
      capacity_JperK: inlet[1],
      toAmbient_WperK: inlet[2],
      toPackCoolant_WperK: pack[0],
      packCoolant_degC: pack[1],
    },
    cooling: {
      ...cooling,
      filmFlowExponent: 0.4,
      radiatorFanOff_WperK: cooling.radiatorFanOn_WperK / 10,
      feed: 'series',
      loop: null,
    },
    limits,
    derating,
    sensorLag_s: 15,
  }
}

export const ccsOil = liquidCable({
  area_mm2: 35,
  length_m: 7,
  sheathCapacity_JperKm: 120,
  contact: [8e-5, 150, 0.15],
  inlet: [2e-5, 350, 0.3],
  pack: [0, null],
  cooling: {
    coolant: oil,
    wireToCoolant_KmperW: 0.08,
    contactToCoolant_WperK: 1.6,
    capacityRate_WperK: 125,
    tank_JperK: 12_000,
    stagnantCapacity_JperKm: 150,
    radiatorFanOn_WperK: 150,
    pump_W: 60,
  },
})

export const v3Class = liquidCable({
  area_mm2: 46,
  length_m: 3,
  sheathCapacity_JperKm: 120,
  contact: [6e-5, 150, 0.15],
  inlet: [2e-5, 350, 0.3],
  pack: [0, null],
  cooling: {
    coolant: glycol,
    wireToCoolant_KmperW: 0.2,
    contactToCoolant_WperK: 1.6,
    capacityRate_WperK: 180,
    tank_JperK: 12_000,
    stagnantCapacity_JperKm: 150,
    radiatorFanOn_WperK: 90,
    pump_W: 60,
  },
})

export const v4Class = liquidCable({
  area_mm2: 28.6,
  length_m: 3,
  sheathCapacity_JperKm: 40,
  contact: [4e-5, 150, 1],
  inlet: [2e-5, 350, 0.3],
  pack: [2.5, 35],
  cooling: {
    coolant: oil,
    wireToCoolant_KmperW: 0.035,
    contactToCoolant_WperK: 3,
    capacityRate_WperK: 300,
    tank_JperK: 15_000,
    stagnantCapacity_JperKm: 250,
    radiatorFanOn_WperK: 260,
    pump_W: 150,
  },
})

export const mcs1500 = liquidCable({
  area_mm2: 70,
  length_m: 5,
  sheathCapacity_JperKm: 120,
  contact: [2.5e-5, 500, 1],
  inlet: [1e-5, 800, 1.2],
  pack: [0, null],
  cooling: {
    coolant: glycol,
    wireToCoolant_KmperW: 0.025,
    contactToCoolant_WperK: 3.5,
    capacityRate_WperK: 650,
    tank_JperK: 30_000,
    stagnantCapacity_JperKm: 300,
    radiatorFanOn_WperK: 420,
    pump_W: 200,
  },
})

export const mcs3000 = liquidCable({
  area_mm2: 105,
  length_m: 3,
  sheathCapacity_JperKm: 150,
  contact: [1.5e-5, 500, 2],
  inlet: [8e-6, 800, 0.3],
  pack: [5, 40],
  cooling: {
    coolant: glycol,
    wireToCoolant_KmperW: 0.01,
    contactToCoolant_WperK: 5,
    capacityRate_WperK: 1400,
    tank_JperK: 40_000,
    stagnantCapacity_JperKm: 400,
    radiatorFanOn_WperK: 700,
    pump_W: 300,
  },
})

export const liquidCables = { ccsOil, v3Class, v4Class, mcs1500, mcs3000 }
