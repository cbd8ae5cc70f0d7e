import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { SiteWorld, type SiteWorldInput } from '../src/app/live/site-world.ts'
import { loadSite, type Site, type SiteDemand } from '../src/hub/site/index.ts'
import { builtInCatalogue } from '../src/hub/standards/index.ts'
import { ManualClock } from '../src/live/clock/index.ts'
import type { StationEvent } from '../src/live/station/index.ts'
import { prepareSiteRun } from '../src/study/simulate/site/index.ts'
import { Management } from './support/management.ts'

const START_ms = Date.parse('2026-05-08T15:00:00-07:00')
const date = '2026-05-08'
const HALF_HOUR_s = 1800
const open: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

function siteOf(name: string): Site & { demand: SiteDemand } {
  const file = new URL(`../examples/${name}.yaml`, import.meta.url)
  const checked = loadSite(readFileSync(file, 'utf8'), name, builtInCatalogue())
  if (!checked.ok || !checked.value.demand) throw new Error(JSON.stringify(checked))
  return { ...checked.value, demand: checked.value.demand }
}

async function bench(name: string, more: Partial<SiteWorldInput> = {}) {
  const site = siteOf(name)
  const clock = new ManualClock(START_ms)
  const management = await new Management(clock).open()
  const events: StationEvent[] = []
  const world = new SiteWorld({
    ...{ site, clock, duration_s: 86_400, seed: 3, url: management.url },
    listen: (event) => events.push(event),
    ...more,
  })
  open.push({
    close: async () => {
      world.stop()
      await management.close()
    },
  })
  world.start()
  while (!world.stations.every(({ isOnline }) => isOnline)) await management.settle()
  return { site, clock, management, world, events }
}

describe('the virtual stations of a site', () => {
  it('charge the cars a simulation with the same seed has, and tell what went into them', async () => {
    const { site, management, world, events } = await bench('us-highway')
    await management.pass(HALF_HOUR_s)
    expect(new Set(world.stations.map(({ version }) => version))).toEqual(new Set(['1.6', '2.0.1', '2.1']))
    const simulated = prepareSiteRun({ site, date, duration_s: 86_400, seed: 3, policy: 'max-min', from_ms: START_ms })
    simulated.run.until(HALF_HOUR_s)
    const arrived = world.run.result().sessions.arrived
    expect(arrived).toBe(simulated.result().sessions.arrived)
    expect(arrived).toBeGreaterThan(5)
    const ended = events.filter((event) => event.kind === 'ended')
    expect(ended.length).toBeGreaterThan(1)
    const registers_kWh = world.places.units.map((_, unit) => world.register_kWh(unit))
    const open_kWh = sum(world.run.openSessions().map(({ energy_kWh }) => energy_kWh))
    const done_kWh = world.run.result().energyDelivered_kWh
    expect(sum(registers_kWh)).toBeCloseTo(open_kWh + done_kWh, 6)
    expect(sum(ended.map(({ energy_kWh }) => energy_kWh))).toBeCloseTo(done_kWh, 2)
    expect(toldByTransactions_Wh(management) / 1000).toBeCloseTo(done_kWh, 1)
  })
})

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Energy of the transactions that have ended, from what went over the wire: registers at the end less those at the start. */
function toldByTransactions_Wh(management: Management): number {
  const starts = management.of('StartTransaction').map(({ meterStart }) => Number(meterStart))
  const stops = management.of('StopTransaction')
  const of16 = stops.map(({ meterStop, transactionId }) => Number(meterStop) - (starts[Number(transactionId) - 1] ?? 0))
  const events = management
    .of('TransactionEvent')
    .map((event) => ({ type: event['eventType'], id: idOf(event), register: registerOf(event) }))
  const ends = events.filter((event) => event.type === 'Ended')
  const of2 = ends.map(({ id, register }) => {
    const start = events.find((event) => event.id === id && event.type === 'Started')
    return register - (start?.register ?? 0)
  })
  return sum([...of16, ...of2])
}

interface TransactionEvent {
  readonly transactionInfo: { readonly transactionId: string }
  readonly meterValue?: readonly {
    readonly sampledValue: readonly { readonly measurand: string; readonly value: number }[]
  }[]
}

const idOf = (event: unknown): string => (event as TransactionEvent).transactionInfo.transactionId

function registerOf(event: unknown): number {
  const values = (event as TransactionEvent).meterValue?.[0]?.sampledValue ?? []
  return values.find(({ measurand }) => measurand === 'Energy.Active.Import.Register')?.value ?? 0
}
