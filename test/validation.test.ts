import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { validationPage } from '../scripts/generate-validation.ts'

test('the page of published figures is the one its fixtures make (npx tsx scripts/generate-validation.ts)', () => {
  const page = readFileSync(new URL('../docs/validation.md', import.meta.url), 'utf8')
  expect(page).toBe(validationPage())
  expect(page.split('\n').filter((line) => /^\| [A-Z]{3}-/.test(line)).length).toBeGreaterThan(40)
})
