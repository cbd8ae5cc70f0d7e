import type { VirtualStation } from '../../live/station/index.ts'
import { type SuddenMode, suddenModes } from '../../study/simulate/faults/index.ts'
import type { SiteRun } from '../../study/simulate/site/index.ts'
import type { PlugPlace, SiteStations } from './site-stations.ts'

/** What a dispenser says of itself when it has found a fault out: its own words, as those of a real one. */
const words: Readonly<Record<SuddenMode, string>> = {
  'sensor-open': 'Cable: thermometer of the contacts broken',
  fan: 'Cable cooling: fan stopped',
  pump: 'Cable cooling: pump stopped',
  'emergency-stop': 'Emergency stop pressed',
}
const stops: readonly SuddenMode[] = ['pump', 'emergency-stop']

/** A fault that can be let happen at an EVSE of a virtual station. */
export interface VirtualFault {
  readonly mode: SuddenMode
  readonly isActive: boolean
  /** The dispenser has found it out. */
  readonly isSeen: boolean
}

export interface VirtualFaultsInput {
  readonly run: Pick<SiteRun, 'devices'>
  readonly places: SiteStations
  readonly stationById: ReadonlyMap<string, VirtualStation>
  /** What can fail at a place. */
  readonly canFail: (place: number, mode: SuddenMode) => boolean
}

/** Faults that somebody lets happen at virtual stations while they live, and what the stations tell of them. */
export class VirtualFaults {
  readonly #input: VirtualFaultsInput
  readonly #active = new Map<string, { readonly place: number; readonly mode: SuddenMode }>()

  constructor(input: VirtualFaultsInput) {
    this.#input = input
  }

  /** What can be let happen at an EVSE, and how it stands. */
  at(stationId: string, evse: number): readonly VirtualFault[] {
    const places = this.#placesAt(stationId, evse)
    return suddenModes
      .filter((mode) => places.some((place) => this.#input.canFail(place, mode)))
      .map((mode) => ({
        mode,
        isActive: places.some((place) => this.#active.has(`${place} ${mode}`)),
        isSeen: places.some((place) => this.#input.run.devices?.isFaultSeen(mode, place) === true),
      }))
  }

  /** Lets a fault begin or end at all plugs of an EVSE that can have it; false: none can. */
  set(stationId: string, evse: number, change: Pick<VirtualFault, 'mode' | 'isActive'>, now_s: number): boolean {
    const { mode, isActive } = change
    const hit = this.#placesAt(stationId, evse).filter(
      (place) => this.#input.run.devices?.setFault(mode, place, isActive, now_s) === true,
    )
    for (const place of hit) {
      if (isActive) this.#active.set(`${place} ${mode}`, { place, mode })
      else this.#active.delete(`${place} ${mode}`)
    }
    this.tell()
    if (!isActive) for (const place of hit) this.#tellPlace(place)
    return hit.length > 0
  }

  /** Lets stations tell what their dispensers have found out. */
  tell(): void {
    for (const { place } of this.#active.values()) this.#tellPlace(place)
  }

  #tellPlace(place: number): void {
    const plug = this.#input.places.plugs[place]
    const station = plug ? this.#input.stationById.get(plug.stationId) : undefined
    if (!plug || !station) return
    const seen = suddenModes.filter((mode) => this.#input.run.devices?.isFaultSeen(mode, place))
    station.setTrouble(plug.evse, plug.connector, seen.map((mode) => words[mode]).join('; ') || null)
    station.setFaulted(
      plug.evse,
      seen.some((mode) => stops.includes(mode)),
    )
  }

  #placesAt(stationId: string, evse: number): readonly number[] {
    const isThere = (plug: PlugPlace): boolean => plug.stationId === stationId && plug.evse === evse
    return this.#input.places.plugs.flatMap((plug, place) => (isThere(plug) ? [place] : []))
  }
}
