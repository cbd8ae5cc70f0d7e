/** The market: CPU time of fifteen years of a region, of bands from 300 draws, and of a calibration. */
import { builtInMarket, calibrate, loadScenario, playScenario, scenarioBands } from '../src/study/market/index.ts'
import { runMarket } from '../src/study/market/model/run.ts'
import { scenarioSetup } from '../src/study/market/scenarios/plan.ts'

const { history, regions, scenarios, snapshot } = builtInMarket()
if (!snapshot) throw new Error('no snapshot')
const { calibration, noise } = snapshot

function cpu_ms(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

for (const id of ['us-nacs-domino', 'eu-ccs2-mandate', 'china-chaoji-leap']) {
  const loaded = loadScenario(JSON.stringify(scenarios.get(id)), id, { regions, history, calibration }, 2039)
  if (!loaded.ok) throw new Error(id)
  const setup = scenarioSetup(loaded.value)
  for (let warm = 0; warm < 50; warm += 1) runMarket(setup)
  const run = median(Array.from({ length: 41 }, () => cpu_ms(() => runMarket(setup))))
  const whole = median(Array.from({ length: 21 }, () => cpu_ms(() => playScenario(loaded.value))))
  const bands = median(Array.from({ length: 3 }, () => cpu_ms(() => scenarioBands(loaded.value, 300, 1, noise))))
  console.log(
    `${id}: ${setup.quarters} quarters ${run.toFixed(2)} ms, with its setup ${whole.toFixed(2)} ms, 300 draws ${bands.toFixed(0)} ms CPU`,
  )
}
const fit = median(Array.from({ length: 3 }, () => cpu_ms(() => calibrate(regions, history, history.until))))
console.log(`calibration: ${fit.toFixed(0)} ms CPU`)
