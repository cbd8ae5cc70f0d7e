import { mkdir, stat } from 'node:fs/promises'
import type { Problem } from '../../../base/problems/index.ts'

/** The problem of a file or folder that could not be written. */
export function notWritable(path: string, error: unknown): Problem {
  const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const fix = { code: 'cli.fix.otherPath', params: {} } as const
  return { severity: 'error', code: 'cli.file.notWritable', params: { path, detail }, fix }
}

/** Makes a folder beside what is there. Not `recursive`: in a folder that takes none, such as /proc, Node never returns. */
export async function makeFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null)
  if (found === null) await mkdir(folder)
}
