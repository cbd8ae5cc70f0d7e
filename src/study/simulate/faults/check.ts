import { formatPath, suggestion } from '../../../base/documents/index.ts'
import type { Problem } from '../../../base/problems/index.ts'
import { SECONDS_PER_HOUR, SECONDS_PER_MINUTE } from '../../../base/units/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import { type FaultModeName, faultMode, faultModeNames, usualSeverity } from '../../../hub/plant/device/index.ts'
import { cabinetOfSite, cableOfPlug } from '../../../hub/plant/parts/index.ts'
import type { Site, SiteConnector } from '../../../hub/site/index.ts'

/** A fault as asked for, in a site file or on the command line. Seconds count from the start of the run. */
export interface AskedFault {
  readonly mode: string
  readonly part: string
  readonly at_s: number
  /** null: to the end. */
  readonly lasts_s: number | null
  /** null: as bad as usual. */
  readonly severity_frac: number | null
  /** null: one. */
  readonly modules: number | null
  /** Place in the list of the site file; absent: asked for as an option. */
  readonly index?: number
}

/** A fault that can happen: the mode is one, and the part is there and can have it. */
export interface SoundFault extends AskedFault {
  readonly mode: FaultModeName
  readonly severity_frac: number
  /** Connectors it hits by id; empty for one of a cabinet. */
  readonly connectors: readonly string[]
  /** Cabinet it hits; null: none. */
  readonly cabinet: string | null
}

/** The faults of a site file. */
export function askedOfSite({ faults }: Site): AskedFault[] {
  return faults.map(({ at_h, lasts_min, ...fault }, index) => ({
    ...fault,
    at_s: at_h * SECONDS_PER_HOUR,
    lasts_s: lasts_min === null ? null : lasts_min * SECONDS_PER_MINUTE,
    index,
  }))
}

/** Where a fault, or what is stated of it, stands in the site file; nowhere where it was asked for as an option. */
function placeOf(site: Site, { index }: AskedFault, field: string | null): Pick<Problem, 'at' | 'path'> {
  if (index === undefined) return {}
  const path = ['faults', index, ...(field === null ? [] : [field])]
  return { at: site.locate(path), path: formatPath(path) }
}

interface Hit {
  readonly connectors: readonly SiteConnector[]
  readonly cabinet: string | null
}

function connectorsOf(site: Site, part: string): readonly SiteConnector[] {
  return site.stations.flatMap((station) =>
    station.evses.flatMap((evse) => evse.connectors.filter(({ id }) => [station.id, evse.id, id].includes(part))),
  )
}

function partIds(site: Site): readonly string[] {
  const evses = site.stations.flatMap(({ evses }) => evses)
  const plugs = evses.flatMap(({ connectors }) => connectors.map(({ id }) => id))
  return [...new Set([...site.stations, ...site.cabinets, ...evses].map(({ id }) => id)), ...plugs]
}

class Checker {
  readonly problems: Problem[] = []
  readonly sound: SoundFault[] = []
  readonly #site: Site

  constructor(site: Site) {
    this.#site = site
  }

  check(fault: AskedFault, duration_s: number): void {
    const before = this.problems.length
    const mode = faultModeNames.find((name) => name === fault.mode)
    if (mode === undefined) {
      const reason = { code: 'fault.unknownMode', params: { mode: fault.mode.slice(0, 60) } } as const
      this.#tell(fault, 'mode', reason, suggestion(fault.mode, faultModeNames))
    }
    const hit = this.#hit(fault, mode)
    this.#checkTimes(fault, duration_s)
    if (mode !== undefined) this.#checkAmounts(fault, mode)
    if (mode === undefined || hit === null || this.problems.length > before) return
    this.sound.push({
      ...fault,
      mode,
      severity_frac: fault.severity_frac ?? usualSeverity(mode),
      connectors: hit.connectors.map(({ id }) => id),
      cabinet: hit.cabinet,
    })
  }

  /** Two faults of one piece of one part at one time: which of them is true could not be told. */
  checkOverlaps(): void {
    this.sound.forEach((fault, at) => {
      const earlier = this.sound.slice(0, at).find((other) => overlap(fault, other))
      if (earlier === undefined) return
      const { piece } = faultMode(fault.mode)
      const params = { part: fault.part, piece, first: earlier.mode, second: fault.mode }
      this.#tell(fault, null, { code: 'fault.overlap', params }, { code: 'fault.fix.overlap', params: {} })
    })
  }

  #tell(fault: AskedFault, field: string | null, reason: Coded, fix?: Coded): void {
    const place = placeOf(this.#site, fault, field)
    this.problems.push({ severity: 'error', ...reason, ...place, ...(fix ? { fix } : {}) })
  }

  #hit(fault: AskedFault, mode: FaultModeName | undefined): Hit | null {
    const site = this.#site
    const connectors = connectorsOf(site, fault.part)
    const cabinet = site.cabinets.find(({ id }) => id === fault.part)
    if (connectors.length === 0 && cabinet === undefined) {
      const reason = { code: 'fault.unknownPart', params: { part: fault.part.slice(0, 120) } } as const
      this.#tell(fault, 'part', reason, suggestion(fault.part, partIds(site)))
      return null
    }
    if (mode === undefined) return null
    if (faultMode(mode).at === 'cabinet') return this.#hitCabinet(fault, mode)
    return this.#hitPlugs(fault, mode, connectors)
  }

  #hitPlugs(fault: AskedFault, mode: FaultModeName, connectors: readonly SiteConnector[]): Hit | null {
    const { part } = fault
    if (connectors.length === 0) {
      this.#tell(
        fault,
        'mode',
        { code: 'fault.notOfCabinet', params: { mode, part } },
        { code: 'fault.fix.plug', params: {} },
      )
      return null
    }
    const { catalogue } = this.#site
    const isCooled = (plug: SiteConnector): boolean => cableOfPlug(plug, catalogue).parameters.cooling !== null
    const hit = faultMode(mode).cooledOnly ? connectors.filter(isCooled) : connectors
    if (hit.length > 0) return { connectors: hit, cabinet: null }
    this.#tell(
      fault,
      'mode',
      { code: 'fault.notCooled', params: { mode, part } },
      { code: 'fault.fix.cooled', params: {} },
    )
    return null
  }

  #hitCabinet(fault: AskedFault, mode: FaultModeName): Hit | null {
    const { part } = fault
    const cabinet = this.#site.cabinets.find(({ id }) => id === part)
    if (cabinet === undefined) {
      this.#tell(
        fault,
        'mode',
        { code: 'fault.notOfPlug', params: { mode, part } },
        { code: 'fault.fix.cabinet', params: {} },
      )
      return null
    }
    const { parameters } = cabinetOfSite(this.#site, cabinet)
    const count = parameters.modules.length
    if ((fault.modules ?? 1) > count) {
      this.#tell(fault, 'modules', { code: 'fault.tooManyModules', params: { part, modules: fault.modules, count } })
    }
    if (mode !== 'module' && parameters.matrix.kind === 'bus') {
      this.#tell(fault, 'mode', { code: 'fault.noMatrix', params: { mode, part } })
    }
    if (parameters.outputs.length === 0) this.#tell(fault, 'part', { code: 'fault.feedsNothing', params: { part } })
    return { connectors: [], cabinet: part }
  }

  #checkTimes(fault: AskedFault, duration_s: number): void {
    const [at_h, run_h] = [fault.at_s / SECONDS_PER_HOUR, duration_s / SECONDS_PER_HOUR]
    if (fault.at_s >= duration_s)
      this.#tell(
        fault,
        'at_h',
        { code: 'fault.tooLate', params: { at_h, run_h } },
        { code: 'fault.fix.earlier', params: {} },
      )
  }

  #checkAmounts(fault: AskedFault, mode: FaultModeName): void {
    const { at, graded } = faultMode(mode)
    if (!graded && fault.severity_frac !== null && fault.severity_frac !== 1) {
      this.#tell(fault, 'severity_frac', { code: 'fault.notGraded', params: { mode } })
    }
    if (at !== 'cabinet' && fault.modules !== null)
      this.#tell(fault, 'modules', { code: 'fault.noModules', params: { mode } })
  }
}

function overlap(one: SoundFault, other: SoundFault): boolean {
  if (faultMode(one.mode).piece !== faultMode(other.mode).piece) return false
  const shares = one.connectors.some((id) => other.connectors.includes(id))
  if (!shares && (one.cabinet === null || one.cabinet !== other.cabinet)) return false
  const end_s = ({ at_s, lasts_s }: SoundFault): number => at_s + (lasts_s ?? Number.POSITIVE_INFINITY)
  return one.at_s < end_s(other) && other.at_s < end_s(one)
}

export interface CheckedFaults {
  readonly faults: readonly SoundFault[]
  readonly problems: readonly Problem[]
}

/** Faults of a site file and of options against the parts that are there; everything wrong at once. */
export function checkFaults(site: Site, asked: readonly AskedFault[], duration_s: number): CheckedFaults {
  const checker = new Checker(site)
  for (const fault of asked) checker.check(fault, duration_s)
  checker.checkOverlaps()
  return { faults: checker.sound, problems: checker.problems }
}
