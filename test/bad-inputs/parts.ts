/** Sites whose parts cannot be, and what must be said: `line:column code`, each with what mends it where something does. */
export interface BadParts {
  readonly name: string
  readonly content: string
  readonly says: readonly string[]
}

const plug = 'connector: ccs2, minVoltage_V: 200, maxVoltage_V: 1000, maxCurrent_A: 400, maxPower_kW: 200'
const hours = Array.from({ length: 24 }, () => 1).join()

const sound = `version: 1
name: Parts
timezone: UTC
location: { latitude_deg: 48, longitude_deg: 11, country: DE }
currency: EUR
grid: { import_kW: 900 }
cabinets:
  - { id: cab, power_kW: 200, modules: { module: sic-air-40, count: 5 } }
stations:
  - { id: post, cabinet: cab, evses: [{ connectors: [{ ${plug}, cable: oil-ccs-500 }] }] }
  - { id: other, cabinet: cab, evses: [{ connectors: [{ ${plug} }] }] }
demand: { sessions_perDay: 9, profile: { weekday: [${hours}] }, arrival: { mean_frac: 0.2 }, target: { mean_frac: 0.8 }, queue: { places: 1 }, fleet: [{ vehicle: nissan-leaf-40-2018, share_frac: 1 }] }
`

const own = 'sources: [engineering-estimate], confidence: uncertain, status: archetype, name: own'

function cable(values: string): string {
  const parts = 'conductor: copper-strand, contact: contact-uncooled, vehicleInterface: inlet-small, sensors: [pt1000]'
  const record = `{ ${values}, id: own, type: cable, cooling: none, ${parts}, ${own} }`
  return `${sound.replace('oil-ccs-500', 'own')}catalogue:\n  components:\n    - ${record}\n`
}

function matrix(reach: string): string {
  const record = `{ reach: ${reach}, id: half, type: matrix, topology: partial, outputs: 2, ${own} }`
  return `${sound.replace('count: 5 }', 'count: 5 }, matrix: half')}catalogue:\n  components:\n    - ${record}\n`
}

function module(values: string): string {
  const record = `{ ${values}, id: own, type: module, ${own} }`
  return `${sound.replace('sic-air-40', 'own')}catalogue:\n  components:\n    - ${record}\n`
}

function faults(...rows: readonly string[]): string {
  return `${sound}faults:\n${rows.map((row) => `  - { ${row} }\n`).join('')}`
}

export const badParts: readonly BadParts[] = [
  {
    name: 'fault-on-unknown-part',
    content: faults('mode: pump, part: psot, at_h: 0.01'),
    says: ['14:25 fault.unknownPart'],
  },
  {
    name: 'overlapping-faults',
    content: faults('mode: pump, part: post, at_h: 0.01', 'mode: pump, part: post/1, at_h: 0.02'),
    says: ['15:5 fault.overlap'],
  },
  {
    name: 'negative-fault',
    content: faults('mode: pump, part: post, at_h: -1, lasts_min: -5, severity_frac: -0.5'),
    says: ['14:37 document.tooSmall', '14:52 document.notAbove', '14:71 document.notAbove'],
  },
  {
    name: 'voltage-of-no-module',
    content: sound.replace('minVoltage_V: 200, maxVoltage_V: 1000', 'minVoltage_V: 1100, maxVoltage_V: 1250'),
    says: ['10:5 device.voltageWindow'],
  },
  {
    name: 'output-out-of-reach',
    content: matrix('[[1], [1], [1], [1], [1]]'),
    says: ['15:16 catalogue.component.outOfReach'],
  },
  {
    name: 'matrix-for-other-modules',
    content: matrix('[[1, 7], [2], [1]]'),
    says: ['8:82 catalogue.component.rows', '15:16 catalogue.component.noOutput'],
  },
  {
    name: 'negative-cable',
    content: cable('ratedCurrent_A: -200, area_mm2: -70, length_m: -5'),
    says: ['15:25 document.notAbove', '15:41 document.notAbove', '15:41 document.tooSmall', '15:56 document.notAbove'],
  },
  {
    name: 'endless-cable',
    content: cable('ratedCurrent_A: 200, area_mm2: 70, length_m: 5000'),
    says: ['15:54 document.tooBig'],
  },
  {
    name: 'cable-of-no-metal',
    content: cable('ratedCurrent_A: 200, area_mm2: 1e-9, length_m: 5'),
    says: ['15:40 document.tooSmall'],
  },
  {
    name: 'negative-module',
    content: module('power_kW: -40, minVoltage_V: 200, maxVoltage_V: 1000, maxCurrent_A: 0'),
    says: ['15:19 document.notAbove', '15:77 document.notAbove'],
  },
  {
    name: 'two-airs',
    content: `${sound}ambient: { weather: a.csv, daily: { low_degC: 30, high_degC: 10 } }\n`,
    says: ['13:10 site.ambientOne', '13:35 site.ambientOrder'],
  },
  { name: 'no-weather', content: `${sound}ambient: { weather: nowhere.csv }\n`, says: ['13:21 cli.file.missing'] },
]
