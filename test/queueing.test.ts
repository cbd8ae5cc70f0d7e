import { describe, expect, it, test } from 'vitest'
import facts from './fixtures/queueing.json' with { type: 'json' }
import { runs } from './support/counts.ts'
import { estimate, figures, observe, type QueueHub, type Sums } from './support/queueing.ts'

/** Arrivals of one of five runs. */
const arrivals = runs(15_000, 200_000)
/** Of one test, on a busy machine. */
const timeout_ms = runs(60_000, 600_000)
/** Mean times and shares of a million arrivals are within these of the exact ones; of fewer only chance decides. */
const tolerance = (figure: string): number => (figure.endsWith('_frac') ? 0.03 : 0.05)
const isMillion = 5 * arrivals >= 1e6
/** A standard error above this would let anything pass. */
const BLUNT_frac = 0.08

function check(parts: readonly Sums[], expected: Readonly<Record<string, number | undefined>>): void {
  for (const [figure, exact = 0] of Object.entries(expected)) {
    const quotient = figures[figure]
    if (!quotient) throw new Error(`no figure ${figure}`)
    const { value, se } = estimate(parts.map(quotient))
    const says = `${figure} ${value}, exact ${exact}, standard error ${se}`
    expect(Math.abs(value - exact), says).toBeLessThan(3 * se)
    expect(se / exact, says).toBeLessThan(BLUNT_frac)
    if (isMillion) expect(Math.abs(value / exact - 1), says).toBeLessThan(tolerance(figure))
  }
}

/** Erlang's loss formula by its recursion, and from it the share that waits. */
function erlang(servers: number, load: number): { readonly blocked_frac: number; readonly waiting_frac: number } {
  let blocked = 1
  for (let n = 1; n <= servers; n++) blocked = (load * blocked) / (n + load * blocked)
  return { blocked_frac: blocked, waiting_frac: (servers * blocked) / (servers - load * (1 - blocked)) }
}

test.each(facts.erlang)('$servers servers under a load of $load', ({ servers, load, blocked_frac, waiting_frac }) => {
  const exact = erlang(servers, load)
  expect(exact.blocked_frac).toBeCloseTo(blocked_frac, 8)
  expect(exact.waiting_frac).toBeCloseTo(waiting_frac, 8)
})

const spread = (law: string, unit: 'min' | 'kWh', mean: number): string => {
  const sd = law === 'uniform' ? 0.577 * mean : law === 'lognormal' ? 0.8 * mean : null
  return `{ mean_${unit}: ${mean}, distribution: ${law}${sd === null ? '' : `, sd_${unit}: ${sd}`} }`
}

describe('drivers who stay for a time of their own', () => {
  const cases = facts.stays.flatMap(({ laws, ...one }) => laws.map((law) => ({ ...one, law })))
  it.each(cases)(
    '$name, $law',
    ({ law, stay_min, expected, name, ...hub }) => {
      const wish = `stay: ${spread(law, 'min', stay_min)}\n  target: { mean_frac: 1 }`
      check(observe({ ...hub, wish } as QueueHub, arrivals), expected)
    },
    timeout_ms,
  )
})

describe('drivers who share power: only the mean of their energy matters', () => {
  const laws = ['exponential', 'constant', 'uniform']
  const cases = facts.sharedPower.flatMap((one) => laws.map((law) => ({ ...one, law })))
  it.each(cases)(
    '$name, $law',
    ({ law, energy_kWh, expected, name, ...described }) => {
      const wish = `energy: ${spread(law, 'kWh', energy_kWh)}`
      const places = described.plugs < 60 ? 0 : 100_000
      check(observe({ ...described, places, wish }, arrivals), expected)
    },
    timeout_ms,
  )
})
