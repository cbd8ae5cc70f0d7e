import type { CabinetParameters } from '../../../hub/plant/cabinet/index.ts'
import { compileHub } from '../../../hub/plant/compile/index.ts'
import type { DispenserParameters } from '../../../hub/plant/device/index.ts'
import { cabinetOfSite } from '../../../hub/plant/parts/index.ts'
import type { Site } from '../../../hub/site/index.ts'
import { cablesOf } from '../devices/site-devices.ts'
import { Conditions } from '../faults/conditions.ts'
import { dispensersOf } from '../faults/plan.ts'
import { type CabinetDrill, cabinetCases, drillCabinet } from './cabinet-drill.ts'
import { drillPlug, fullLoad_A, type PlugDrill, plugCases } from './plug-drill.ts'

/** Plugs of one kind: they have the same dispenser and cable. */
export interface DrilledPlug {
  readonly connectors: readonly string[]
  readonly cable: string
  readonly confidence: string
  readonly fullLoad_A: number
  readonly rows: readonly PlugDrill[]
}

/** Cabinets that are alike. */
export interface DrilledCabinet {
  readonly cabinets: readonly string[]
  readonly confidence: string
  readonly rows: readonly CabinetDrill[]
}

/** Everything that is to be tried at a site, in order; each piece is quick. */
export interface DrillPlan {
  readonly cases: number
  /** Tries the next case; false: there is none. */
  step(): boolean
  readonly plugs: readonly DrilledPlug[]
  readonly cabinets: readonly DrilledCabinet[]
}

interface PlugKind {
  readonly drilled: DrilledPlug & { readonly rows: PlugDrill[] }
  readonly dispenser: DispenserParameters
}

function plugKinds(site: Site): PlugKind[] {
  const hub = compileHub(site)
  const cables = cablesOf(hub)
  const dispenser = dispensersOf(hub, cables)
  const kinds = new Map<string, PlugKind & { readonly drilled: { readonly connectors: string[] } }>()
  hub.connectors.forEach(({ connector }, place) => {
    const { id = '', confidence = '' } = cables[place] ?? {}
    const found = dispenser(place)
    const key = JSON.stringify([id, found.most_A, found.most_V, found.talk, found.noFan_A])
    const known = kinds.get(key)
    if (known) {
      known.drilled.connectors.push(connector.id)
      return
    }
    const drilled = { connectors: [connector.id], cable: id, confidence, fullLoad_A: fullLoad_A(found), rows: [] }
    kinds.set(key, { drilled, dispenser: found })
  })
  return [...kinds.values()]
}

interface CabinetKind {
  readonly drilled: DrilledCabinet & { readonly rows: CabinetDrill[] }
  readonly parameters: CabinetParameters
}

function cabinetKinds(site: Site): CabinetKind[] {
  const kinds = new Map<string, CabinetKind & { readonly drilled: { readonly cabinets: string[] } }>()
  for (const cabinet of site.cabinets) {
    const { parameters, confidence } = cabinetOfSite(site, cabinet)
    if (parameters.outputs.length === 0 || parameters.modules.length < 2) continue
    const key = JSON.stringify(parameters)
    const known = kinds.get(key)
    if (known) known.drilled.cabinets.push(cabinet.id)
    else kinds.set(key, { drilled: { cabinets: [cabinet.id], confidence, rows: [] }, parameters })
  }
  return [...kinds.values()]
}

/** Lays out a drill of all kinds of plugs and of all cabinets of a site. */
export function planDrill(site: Site): DrillPlan {
  const conditions = new Conditions()
  const plugs = plugKinds(site)
  const cabinets = cabinetKinds(site)
  const work = [
    ...plugs.flatMap(({ drilled, dispenser }) =>
      plugCases(dispenser).map((asked) => () => {
        drilled.rows.push(drillPlug(dispenser, drilled.fullLoad_A, asked, conditions))
      }),
    ),
    ...cabinets.flatMap(({ drilled, parameters }) =>
      cabinetCases(parameters).map((asked) => () => {
        drilled.rows.push(drillCabinet(parameters, site.ambient_degC, asked))
      }),
    ),
  ]
  const cases = work.length
  return {
    cases,
    step: () => {
      work.shift()?.()
      return work.length > 0
    },
    plugs: plugs.map(({ drilled }) => drilled),
    cabinets: cabinets.map(({ drilled }) => drilled),
  }
}

/** Rows that broke a limit. */
export function brokenRows({ plugs, cabinets }: Pick<DrillPlan, 'plugs' | 'cabinets'>): number {
  const ofPlugs = plugs.flatMap(({ rows }) => rows).filter(({ broken }) => broken.length > 0)
  const ofCabinets = cabinets.flatMap(({ rows }) => rows).filter(({ isOver }) => isOver)
  return ofPlugs.length + ofCabinets.length
}
