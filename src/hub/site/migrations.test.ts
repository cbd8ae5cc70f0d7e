import { expect, test } from 'vitest'
import { openDocument } from '../../base/documents/index.ts'
import { type Migration, migrate, migrations } from './migrations.ts'
import { SITE_VERSION, siteFileSchema } from './schema/index.ts'
import { sound, told } from './test-support.ts'

/** Records as they would be written after a key was renamed and another was moved. */
const renamed: Migration = {
  from: 1,
  up: ({ limit, ...rest }) => ({ ...rest, limit_kW: limit }),
}
const moved: Migration = {
  from: 2,
  up: ({ limit_kW, ...rest }) => ({ ...rest, grid: { import_kW: limit_kW } }),
}

test('S16: an old file goes up version by version', () => {
  expect(migrate({ version: 1, limit: 5 }, [renamed, moved])).toEqual({ version: 3, grid: { import_kW: 5 } })
  expect(migrate({ version: 2, limit_kW: 5 }, [renamed, moved])).toEqual({ version: 3, grid: { import_kW: 5 } })
})

test('S16: what is no old file is left as it is', () => {
  for (const value of [null, 5, [1], {}, { version: 3 }, { version: '1' }]) {
    expect(migrate(value, [renamed, moved])).toBe(value)
  }
})

test('S16: nothing that was read is changed in place', () => {
  const old = { version: 1, limit: 5 }
  migrate(old, [renamed, moved])
  expect(old).toEqual({ version: 1, limit: 5 })
})

test('S16: after a migration problems still point into the file', () => {
  const text = sound.replace('version: 1', 'version: 0').replace('grid: { import_kW: 500 }', 'grid: { limit: 5kW }')
  const up: Migration = { from: 0, up: ({ grid, ...rest }) => ({ ...rest, grid: { import_kW: Object(grid).limit } }) }
  const { problems } = openDocument(siteFileSchema, text, 'f', (value) => migrate(value, [up]))
  expect(problems.map(({ code, at }) => [code, at?.line])).toEqual([['document.numberAsText', 6]])
})

test('S16: there is one record for each version before this one', () => {
  expect(migrations.map(({ from }) => from)).toEqual(Array.from({ length: SITE_VERSION - 1 }, (_, index) => index + 1))
})

test('S16: a newer version is refused', () => {
  expect(told(sound.replace('version: 1', 'version: 2'))).toEqual(['1:10 site.newerVersion'])
})
