/** Matches per CPU-second over every vehicle at every post, without adapters and with all of them carried. */
import { builtInCatalogue, type MatchRequest, match, prepareMatch } from '../src/hub/standards/index.ts'

const WANTED_perSecond = 50_000
const ROUNDS = 10
const US_PER_SECOND = 1e6

const catalogue = builtInCatalogue()
const facts = prepareMatch(catalogue)
const posts = [...catalogue.chargers.values(), ...catalogue.swapStations.values()]
const pairs: readonly MatchRequest[] = [...catalogue.vehicles.values()].flatMap((vehicle) =>
  posts.map((post) => ({ vehicle, post })),
)

function cpu_s(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / US_PER_SECOND
}

function matchAll(extra: Partial<MatchRequest>): number {
  let fits = 0
  for (const pair of pairs) if (match({ ...pair, ...extra }, facts).fits) fits++
  return fits
}

function measure(name: string, extra: Partial<MatchRequest>) {
  matchAll(extra)
  const best_s = Math.min(...Array.from({ length: ROUNDS }, () => cpu_s(() => void matchAll(extra))))
  const perSecond = Math.round(pairs.length / best_s)
  return { case: name, pairs: pairs.length, fits: matchAll(extra), perCpuSecond: perSecond, wanted: WANTED_perSecond }
}

console.table([
  measure('no adapters', {}),
  measure('two adapters', { adapters: ['nacs_ccs1_oem', 'ccs1_nacs_oem'] }),
  measure('all adapters', { adapters: [...catalogue.adapters.keys()] }),
  measure('at 50 % state of charge', { soc_frac: 0.5 }),
])
console.table([{ step: 'prepareMatch', cpu_ms: Math.round(cpu_s(() => void prepareMatch(catalogue)) * 1e4) / 10 }])
