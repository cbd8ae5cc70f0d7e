import { describe, expect, test } from 'vitest'
import { OptionReader } from '../options.ts'
import { readFaults } from './faults.ts'

function read(...fault: readonly string[]) {
  const reader = new OptionReader({ fault })
  const faults = readFaults(reader)
  return { faults, codes: reader.problems.map(({ code }) => code), problems: reader.problems }
}

const none = { lasts_s: null, severity_frac: null, modules: null }

describe('--fault', () => {
  test('says mode, part and start, and what else is to be said', () => {
    expect(read('pump@dispenser-3:2h').faults).toEqual([{ mode: 'pump', part: 'dispenser-3', at_s: 7200, ...none }])
    expect(read('hose@post-1/1/2:90s,lasts=30min,severity=0.5').faults).toEqual([
      { mode: 'hose', part: 'post-1/1/2', at_s: 90, lasts_s: 1800, severity_frac: 0.5, modules: null },
    ])
    expect(read('module@cab:1.5d, modules=6').faults).toEqual([
      { mode: 'module', part: 'cab', at_s: 129_600, ...none, modules: 6 },
    ])
    expect(read('fan@a:0s', 'fan@b:0s').faults.length).toBe(2)
    expect(read().faults).toEqual([])
  })

  test.each([
    ['pump', ['fault.form']],
    ['', ['fault.form']],
    ['pump@:2h', ['fault.form']],
    ['@post:2h', ['fault.form']],
    ['pump@post', ['fault.form']],
    ['pump@post:2', ['fault.time']],
    ['pump@post:-2h', ['fault.time']],
    ['pump@post:2h,lasts=0s', ['fault.time']],
    ['pump@post:2h,lasts=', ['fault.time']],
    ['pump@post:1e9h', ['fault.time']],
    ['pump@post:2h,severity=0', ['fault.severity']],
    ['pump@post:2h,severity=1.1', ['fault.severity']],
    ['pump@post:2h,severity=', ['fault.severity']],
    ['pump@post:2h,severity=NaN', ['fault.severity']],
    ['module@cab:2h,modules=0', ['fault.modules']],
    ['module@cab:2h,modules=1.5', ['fault.modules']],
    ['pump@post:2h,size=2', ['fault.unknownKey']],
    ['pump@post:2h,', ['fault.unknownKey']],
    ['pump@post:two,lasts=long,severity=9,modules=x', ['fault.time', 'fault.time', 'fault.severity', 'fault.modules']],
  ] as const)('%s is none', (text, codes) => {
    const { faults, ...found } = read(text)
    expect(faults).toEqual([])
    expect(found.codes.toSorted()).toEqual([...codes].toSorted())
  })

  test('everything wrong with all of them is told at once', () => {
    expect(read('pump@post:2', 'fan@post:1h', 'x').codes).toEqual(['fault.time', 'fault.form'])
  })
})
