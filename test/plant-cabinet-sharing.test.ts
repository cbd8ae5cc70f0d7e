import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AllocationPolicy, allocationPolicies, type MatrixParameters } from '../src/hub/plant/cabinet/index.ts'
import { type BruteAim, best, everyAnswer, rate } from './support/allocation-brute.ts'
import { cabinetOf, plainModule, type SharingCase, sharingCases, splitModule } from './support/allocation-cases.ts'
import { shareOnce } from './support/allocation-run.ts'
import { runs } from './support/counts.ts'

interface KnownCase {
  readonly id: string
  readonly matrix: MatrixParameters
  readonly modules: number
  readonly module_kW: number
  readonly moduleCurrent_A: number | null
  readonly outputCurrent_A: number | null
  readonly halvesSeparateUpTo_V: number | null
  readonly outputs: SharingCase['outputs']
  readonly best: {
    readonly throughput_kW: number
    readonly sumLog: number | null
    readonly relative_frac: readonly number[] | null
  }
}

const file = join(import.meta.dirname, 'fixtures/plant/allocation.json')
const known: { readonly cases: readonly KnownCase[] } = JSON.parse(readFileSync(file, 'utf8'))

function caseOf({
  matrix,
  modules,
  module_kW,
  moduleCurrent_A,
  outputCurrent_A,
  outputs,
  halvesSeparateUpTo_V,
}: KnownCase): SharingCase {
  const module =
    halvesSeparateUpTo_V === null ? plainModule(module_kW, moduleCurrent_A ?? undefined) : splitModule(module_kW)
  const all = Array(modules).fill(module)
  return { cabinet: cabinetOf(all, outputs.length, matrix, outputCurrent_A ?? Number.POSITIVE_INFINITY), outputs }
}

const plain: AllocationPolicy = { ...allocationPolicies['max-throughput'], hold_s: 0 }
const shares = (sharing: SharingCase, aim: BruteAim) => {
  const granted = shareOnce(sharing, { ...plain, aim })
  expect(granted.isProven).toBe(true)
  return [...granted.power_kW]
}

describe('known answers (ALC-04)', () => {
  test('are twenty', () => expect(known.cases.length).toBe(20))

  test.each(known.cases)('$id throughput', (one) => {
    const sum = shares(caseOf(one), 'throughput').reduce((all, power) => all + power, 0)
    expect(Math.abs(sum - one.best.throughput_kW)).toBeLessThan(1e-4)
  })

  test.each(known.cases.filter(({ best }) => best.sumLog !== null))('$id sum of logarithms', (one) => {
    const sum = shares(caseOf(one), 'fair').reduce((all, power) => all + Math.log1p(power), 0)
    expect(Math.abs(sum - (one.best.sumLog ?? 0))).toBeLessThan(1e-4)
  })

  test.each(known.cases.filter(({ best }) => best.relative_frac !== null))('$id lowest shares', (one) => {
    const sharing = caseOf(one)
    const sorted = rate('relative', shares(sharing, 'relative'), sharing.outputs)
    const off = sorted.map((share, at) => Math.abs(share - (one.best.relative_frac?.[at] ?? 0)))
    expect(Math.max(...off)).toBeLessThan(1e-4)
  })
})

const aims = ['throughput', 'fair', 'level', 'relative', 'order'] as const
const methods = { full: 'counts', partial: 'counts', ring: 'ring' } as const

describe.each(Object.entries(sharingCases))('%s', (topology, cases) => {
  test('every aim is met as well as trying out everything does (A1)', () => {
    const compareAll = (sharing: SharingCase) => {
      const answers = everyAnswer(sharing)
      for (const aim of aims) {
        const granted = shareOnce(sharing, { ...plain, aim })
        const got = rate(aim, [...granted.power_kW], sharing.outputs)
        const wanted = best(aim, answers, sharing.outputs)
        expect(granted.isProven).toBe(true)
        for (const [at, value] of got.entries()) {
          const difference = Math.abs(value - (wanted[at] ?? 0))
          if (difference > 1e-6) throw new Error(`${aim}: ${got} instead of ${wanted}`)
        }
        if (topology in methods) expect(granted.method).toBe(methods[topology as keyof typeof methods])
      }
    }
    fc.assert(fc.property(cases as fc.Arbitrary<SharingCase>, compareAll), { numRuns: runs(200, 2000) })
  })
})
