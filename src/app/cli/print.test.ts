import { describe, expect, it } from 'vitest'
import { printable, problemLine } from './print.ts'

describe('printing', () => {
  it('shows control and bidirectional characters instead of sending them to the screen', () => {
    expect(printable('a\u001b[31mred\u0007\u202e.txt')).toBe('a\\u001b[31mred\\u0007\\u202e.txt')
    expect(printable('一行\n\t二行 é 🚗')).toBe('一行\n\t二行 é 🚗')
  })

  it('puts place, severity, code, sentence and fix on one line', () => {
    const line = problemLine(
      {
        severity: 'error',
        code: 'document.duplicateKey',
        params: { key: 'name' },
        at: { file: 'hub.yaml', line: 7, column: 3 },
        path: 'stations[0]',
        fix: { code: 'document.fix.spaces', params: {} },
      },
      'en',
    )
    expect(line).toMatch(/^hub\.yaml:7:3: error document\.duplicateKey: stations\[0\]: .*name.*; indent with spaces$/)
  })

  it('speaks Chinese when asked', () => {
    const problem = { severity: 'warning', code: 'cli.file.missing', params: { path: 'x.yaml' } } as const
    expect(problemLine(problem, 'zh')).toBe('警告 cli.file.missing: 没有文件 "x.yaml"')
  })
})
