import { invariant } from '../../base/problems/index.ts'
import type { Catalogue } from '../standards/catalogue/index.ts'
import type { Charger, Outlet } from '../standards/schema/index.ts'
import { expandedIds } from './ids.ts'
import { modulesPower_kW } from './parts.ts'
import { accessRule, evseCount, overrideOutlet, type ProductEvse, takeEvses } from './product.ts'
import type { CabinetInput, EvseInput, Overrides, SiteFile, SiteMarket, StationInput } from './schema/index.ts'
import type { Site, SiteCabinet, SiteEvse, SitePath, SiteStation } from './site.ts'

type Equipment = Pick<Site, 'cabinets' | 'stations'>

/** Expands products and counts: cabinets with their posts, then stations with the cabinet each brings along. */
export function resolveEquipment(file: SiteFile, catalogue: Catalogue, market: SiteMarket): Equipment {
  const builder = new EquipmentBuilder(file, catalogue, market)
  file.cabinets.forEach((row, index) => {
    builder.addCabinets(row, ['cabinets', index])
  })
  file.stations.forEach((row, index) => {
    builder.addStations(row, ['stations', index])
  })
  return { cabinets: builder.cabinets, stations: builder.stations }
}

class EquipmentBuilder {
  readonly cabinets: SiteCabinet[] = []
  readonly stations: SiteStation[] = []
  readonly #file: SiteFile
  readonly #catalogue: Catalogue
  readonly #market: SiteMarket

  constructor(file: SiteFile, catalogue: Catalogue, market: SiteMarket) {
    this.#file = file
    this.#catalogue = catalogue
    this.#market = market
  }

  addCabinets(input: CabinetInput, path: SitePath): void {
    const row = withPower(input, this.#catalogue)
    const product = this.#product(row.product)
    const posts = product ? takeEvses(product, row.stations ?? evseCount(product) ?? 0) : []
    const chargers = new Map<ProductEvse, Charger>()
    for (const id of expandedIds(row.id, row.count)) {
      const cabinet = cabinetOf(id, row, { product, path })
      this.cabinets.push(cabinet)
      posts.forEach((evse, index) => {
        invariant(product, `cabinet ${id} has posts without a product`)
        const charger = chargers.get(evse) ?? fed(this.#adapted(product, [evse], row), cabinet)
        chargers.set(evse, charger)
        this.stations.push(stationOf(`${id}-${index + 1}`, charger, { row, cabinet: id, circuit: null, path }))
      })
    }
  }

  addStations(input: StationInput, path: SitePath): void {
    const row = withPower(input, this.#catalogue)
    const product = this.#product(row.product)
    const post = product ? this.#adapted(product, takeEvses(product, evseCount(product) ?? 0), row) : this.#own(row)
    const feeder = this.cabinets.find(({ id }) => id === row.cabinet)
    const charger = feeder ? fed(post, feeder) : post
    for (const id of expandedIds(row.id, row.count)) this.#addStation(id, charger, { row, path })
  }

  /** A post hangs on a named cabinet, on one of its own, or on a circuit where nothing but its plugs limits it. */
  #addStation(
    id: string,
    charger: Charger,
    { row, path }: { readonly row: StationInput; readonly path: SitePath },
  ): void {
    const power_kW = charger.cabinet.power_kW
    const brings = row.cabinet === undefined && power_kW !== null
    const cabinet = brings ? id : (row.cabinet ?? null)
    const circuit = cabinet === null ? (row.circuit ?? null) : null
    if (brings) this.cabinets.push(cabinetOf(id, { ...row, power_kW }, { product: charger, path }))
    this.stations.push(stationOf(id, charger, { row, cabinet, circuit, path }))
  }

  #product(id: string | undefined): Charger | null {
    if (id === undefined) return null
    const product = this.#catalogue.chargers.get(id)
    invariant(product, `product ${id} passed the checks and is not in the catalogue`)
    return product
  }

  /** A product as it stands here: these EVSEs, the plugs and the access the file states. */
  #adapted(product: Charger, evses: readonly ProductEvse[], row: CabinetInput | StationInput): Charger {
    const access = row.access ?? this.#file.access
    return {
      ...product,
      evses: evses.map((evse) => adaptedEvse(evse, row.overrides)),
      access: access ? accessRule(access) : product.access,
      cabinet: { ...product.cabinet, power_kW: row.power_kW ?? product.cabinet.power_kW },
    }
  }

  #own(row: StationInput): Charger {
    const access = row.access ?? this.#file.access ?? { type: 'open', brands: [] }
    return {
      ...ownRecord(row.id),
      markets: [this.#market],
      cabinet: { ...nothingOfCabinet, power_kW: row.power_kW ?? null },
      evses: (row.evses ?? []).flatMap(ownEvses),
      access: accessRule(access),
    }
  }
}

/** A post with the power of the cabinet that feeds it. */
function fed(charger: Charger, { power_kW, module_kW, granularity_kW }: SiteCabinet): Charger {
  return { ...charger, cabinet: { ...charger.cabinet, power_kW, module_kW, granularity_kW } }
}

function adaptedEvse(evse: ProductEvse, overrides: Overrides | undefined): ProductEvse {
  const connectors = evse.connectors.map((plug) => overrideOutlet(plug, overrides?.[plug.connector]))
  return { ...evse, connectors }
}

function ownEvses({ count, live, connectors }: EvseInput): readonly ProductEvse[] {
  const plugs = connectors.map((plug) => overrideOutlet({ ...nothingStated, connector: plug.connector }, plug))
  return Array.from({ length: count ?? 1 }, () => ({ count: 1, live, gunsPerVehicle: 1, connectors: plugs }))
}

/** A cabinet of which the file states nothing yet. */
const nothingOfCabinet: Charger['cabinet'] = {
  power_kW: null,
  module_kW: null,
  granularity_kW: null,
  outlets: null,
  module: null,
  matrix: null,
  policy: null,
  derating: [],
}

/** A plug of which the file states nothing yet. */
const nothingStated: Omit<Outlet, 'connector'> = {
  minVoltage_V: null,
  maxVoltage_V: null,
  maxCurrent_A: null,
  standardCurrent_A: null,
  boostCurrent_A: null,
  maxPower_kW: null,
  cooling: null,
  cable: null,
  protocols: [],
  adapters: [],
  notes: '',
}

/** What a post that is no product says of itself: the site file is its source. */
function ownRecord(id: string): Omit<Charger, 'markets' | 'cabinet' | 'evses' | 'access'> {
  return {
    ...{ id, manufacturer: '', product: id, kind: 'dispenser', status: 'product' },
    ...{ network: null, generation: null, availableFrom: null },
    ...{ sources: ['site-file'], confidence: 'confirmed', fieldConfidence: {}, notes: '' },
  }
}

interface Origin {
  readonly product: Charger | null
  readonly path: SitePath
}

function cabinetOf(id: string, row: Partial<CabinetInput>, { product, path }: Origin): SiteCabinet {
  const power_kW = row.power_kW ?? product?.cabinet.power_kW ?? null
  invariant(power_kW !== null, `cabinet ${id} passed the checks without a power`)
  return {
    ...{ id, power_kW, path },
    circuit: row.circuit ?? null,
    module_kW: row.module_kW ?? product?.cabinet.module_kW ?? null,
    modules: modulesOf(row, product),
    matrix: row.matrix ?? product?.cabinet.matrix ?? null,
    modulePolicy: row.modulePolicy ?? product?.cabinet.policy ?? null,
    granularity_kW: product?.cabinet.granularity_kW ?? null,
    derating: product?.cabinet.derating ?? [],
  }
}

function modulesOf({ modules }: Partial<CabinetInput>, product: Charger | null): SiteCabinet['modules'] {
  if (modules) return modules
  const module = product?.cabinet.module ?? null
  return module === null ? null : { module, count: null }
}

/** Modules that are stated give the power, where it is not stated itself, and its granularity. */
function withPower<T extends CabinetInput | StationInput>(row: T, catalogue: Catalogue): T {
  const given_kW = modulesPower_kW(row.modules, catalogue)
  if (given_kW === null || row.modules === undefined) return row
  return { ...row, power_kW: row.power_kW ?? given_kW, module_kW: given_kW / row.modules.count }
}

interface Feed {
  readonly row: CabinetInput | StationInput
  readonly cabinet: string | null
  readonly circuit: string | null
  readonly path: SitePath
}

function stationOf(id: string, charger: Charger, { row, cabinet, circuit, path }: Feed): SiteStation {
  return {
    ...{ id, cabinet, circuit, path, charger },
    product: row.product ?? null,
    evses: siteEvses(id, charger, row.handsFree ?? false),
  }
}

function siteEvses(station: string, { evses }: Charger, handsFree: boolean): readonly SiteEvse[] {
  return evses.map(({ live, gunsPerVehicle, connectors }, index) => {
    const id = `${station}/${index + 1}`
    const plugs = connectors.map((plug, at) => ({ ...plug, id: `${id}/${at + 1}` }))
    return { id, live, gunsPerVehicle, handsFree, connectors: plugs }
  })
}
