import type { Draft, Path } from '../../base/documents/index.ts'
import type { Catalogue } from '../standards/catalogue/index.ts'
import type { Charger } from '../standards/schema/index.ts'
import type { Names } from './names.ts'
import { checkCable, checkParts } from './parts.ts'
import { evseCount, hasLimit, isCabinetProduct, overrideOutlet } from './product.ts'
import type { Known, SiteReport } from './report.ts'
import type { CabinetInput, EvseInput, Overrides, SiteFile, StationInput } from './schema/index.ts'

type Cabinet = Draft<CabinetInput>
type Station = Draft<StationInput>

/** What equipment checks look things up in. */
export interface Stock {
  readonly catalogue: Catalogue
  readonly names: Names
  readonly report: SiteReport
}

/** Cabinets and stations name what exists, and everything about them that decides power is known. */
export function checkEquipment(site: Draft<SiteFile>, stock: Stock): void {
  site.cabinets?.forEach((row, index) => {
    if (row) checkCabinet(row, ['cabinets', index], stock)
  })
  site.stations?.forEach((row, index) => {
    if (row) checkStation(row, ['stations', index], stock)
  })
  const none = (['cabinets', 'stations'] as const).every((kind) => !(kind in site) || site[kind]?.length === 0)
  if (none) {
    stock.report.error([], { code: 'site.noStations', params: {} }, { code: 'site.fix.stations', params: {} })
  }
}

function checkCabinet(row: Cabinet, path: Path, stock: Stock): void {
  const { catalogue, names, report } = stock
  report.refer([...path, 'product'], row.product, names.chargers)
  checkParts(row, path, stock)
  if (!('product' in row)) checkOwnCabinet(row, path, report)
  const product = row.product === undefined ? undefined : catalogue.chargers.get(row.product)
  if (!product) return
  if (!isCabinetProduct(product)) {
    const reason = { code: 'site.notACabinet', params: { product: product.id } } as const
    report.error([...path, 'product'], reason, { code: 'site.fix.moveToStations', params: {} })
    return
  }
  checkPower(row, product, { path, report })
  checkPosts(row, product, { path, report })
  checkPlugs(row.overrides, product, { ...stock, path })
}

function checkOwnCabinet(row: Cabinet, path: Path, report: SiteReport): void {
  if (!('power_kW' in row || 'modules' in row)) {
    report.error(
      path,
      { code: 'site.cabinetWithoutPower', params: {} },
      { code: 'site.fix.productOrPower', params: {} },
    )
  }
  if (row.stations) report.error([...path, 'stations'], { code: 'site.postsWithoutProduct', params: {} })
}

interface At {
  readonly path: Path
  readonly report: SiteReport
}

function checkPower(row: Cabinet | Station, product: Charger, { path, report }: At): void {
  if ('power_kW' in row || 'modules' in row || product.cabinet.power_kW !== null) return
  const reason = { code: 'site.powerUnknown', params: { product: product.id } } as const
  report.error([...path, 'product'], reason, { code: 'document.fix.addKey', params: { key: 'power_kW' } })
}

function checkPosts(row: Cabinet, product: Charger, { path, report }: At): void {
  const known = evseCount(product)
  if (!('stations' in row) && known === null) {
    const reason = { code: 'site.postsUnknown', params: { product: product.id } } as const
    report.error([...path, 'product'], reason, { code: 'document.fix.addKey', params: { key: 'stations' } })
  }
  if (row.stations !== undefined && product.kind !== 'cabinet' && known !== null && row.stations > known) {
    const params = { product: product.id, count: row.stations, max: known }
    report.error([...path, 'stations'], { code: 'site.tooManyPosts', params })
  }
}

/** Overrides name plugs the product has, and with them every plug has a limit. */
function checkPlugs(
  overrides: Draft<Overrides> | undefined,
  product: Charger,
  { path, ...stock }: Stock & { path: Path },
): void {
  const { names, report } = stock
  const plugs = product.evses.flatMap(({ connectors }) => connectors)
  const known: Known = {
    names: new Set(plugs.map(({ connector }) => connector)),
    unknown: 'site.notAPlugOfProduct',
    pointsAt: 'key',
  }
  for (const [connector, limits] of Object.entries(overrides ?? {})) {
    const at = [...path, 'overrides', connector]
    report.refer(at, connector, known)
    report.referAll([...at, 'protocols'], limits?.protocols, names.protocols)
    report.referAll([...at, 'adapters'], limits?.adapters, names.adapters)
    checkCable(limits, connector, at, stock)
  }
  const unlimited = plugs.find((plug) => !hasLimit(overrideOutlet(plug, overrides?.[plug.connector])))
  if (!unlimited || product.kind === 'cabinet') return
  const params = { product: product.id, connector: unlimited.connector }
  const fix = { code: 'site.fix.override', params: { connector: unlimited.connector } } as const
  report.error([...path, 'product'], { code: 'site.plugWithoutLimit', params }, fix)
}

function checkStation(row: Station, path: Path, stock: Stock): void {
  const { names, report } = stock
  report.refer([...path, 'cabinet'], row.cabinet, names.cabinets)
  report.refer([...path, 'product'], row.product, names.chargers)
  checkParts(row, path, stock)
  checkFeed(row, path, report)
  if (!('product' in row) && !('evses' in row)) {
    report.error(
      path,
      { code: 'site.stationWithoutPlugs', params: {} },
      { code: 'site.fix.productOrEvses', params: {} },
    )
  }
  if (row.product !== undefined && row.evses !== undefined) {
    report.error([...path, 'evses'], { code: 'site.productAndEvses', params: { product: row.product } })
  }
  checkEvses(row.evses, [...path, 'evses'], stock)
  const product = row.product === undefined ? undefined : stock.catalogue.chargers.get(row.product)
  if (product) checkPost(row, product, path, stock)
}

/** What the cabinet decides is not stated again at the post, where it would silently count for nothing. */
function checkFeed(row: Station, path: Path, report: SiteReport): void {
  const { cabinet, circuit } = row
  if (cabinet === undefined) return
  if (circuit !== undefined) report.error([...path, 'circuit'], { code: 'site.fedTwice', params: { cabinet } })
  for (const key of ['power_kW', 'modules', 'matrix', 'modulePolicy'] as const) {
    if (row[key] !== undefined) report.error([...path, key], { code: 'site.powerOfCabinet', params: { cabinet } })
  }
}

function checkPost(row: Station, product: Charger, path: Path, stock: Stock): void {
  const { report } = stock
  const at = [...path, 'product']
  const params = { product: product.id }
  if (isCabinetProduct(product)) {
    report.error(at, { code: 'site.notAPost', params }, { code: 'site.fix.moveToCabinets', params: {} })
    return
  }
  if (product.kind !== 'dispenser') {
    checkPower(row, product, { path, report })
    if (row.cabinet !== undefined) report.error([...path, 'cabinet'], { code: 'site.hasOwnPower', params })
  }
  if (evseCount(product) === null) {
    report.error(at, { code: 'site.evsesUnknown', params }, { code: 'site.fix.describeEvses', params: {} })
  }
  checkPlugs(row.overrides, product, { ...stock, path })
}

function checkEvses(evses: readonly (Draft<EvseInput> | undefined)[] | undefined, path: Path, stock: Stock): void {
  const { names, report } = stock
  evses?.forEach((evse, index) => {
    evse?.connectors?.forEach((plug, at) => {
      const here = [...path, index, 'connectors', at]
      report.refer([...here, 'connector'], plug?.connector, names.connectors)
      report.referAll([...here, 'protocols'], plug?.protocols, names.protocols)
      report.referAll([...here, 'adapters'], plug?.adapters, names.adapters)
      checkCable(plug, plug?.connector, here, stock)
      if (
        plug?.minVoltage_V !== undefined &&
        plug.maxVoltage_V !== undefined &&
        plug.minVoltage_V >= plug.maxVoltage_V
      ) {
        report.error([...here, 'minVoltage_V'], { code: 'site.voltageRange', params: { max_V: plug.maxVoltage_V } })
      }
    })
    const count = evse?.connectors?.length
    if (evse?.live !== undefined && count !== undefined && evse.live > count) {
      report.error([...path, index, 'live'], { code: 'site.moreLiveThanPlugs', params: { live: evse.live, count } })
    }
  })
}
