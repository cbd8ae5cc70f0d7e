import { createReadStream } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import type { Problem } from '../../base/problems/index.ts'
import { usageProblem } from './print.ts'

export type FileRead =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly problem: Problem }

function detailOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

/** Reads a file the user named; what is wrong with it (absent, a folder, not allowed, larger than `max_bytes`) comes back as a problem. */
export async function readUserFile(path: string, max_bytes: number): Promise<FileRead> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) return failed({ code: 'cli.file.isDirectory', params: { path } })
    if (found.size > max_bytes) {
      return failed({ code: 'document.tooLarge', params: { size: found.size, max: max_bytes } }, path)
    }
    const bytes = found.isFile() ? await readFile(path) : await readStream(path, max_bytes)
    if (bytes.length <= max_bytes) return { ok: true, bytes }
    return failed({ code: 'document.tooLarge', params: { size: bytes.length, max: max_bytes } }, path)
  } catch (error) {
    const detail = detailOf(error)
    if (detail === 'ENOENT') return failed({ code: 'cli.file.missing', params: { path } })
    return failed({ code: 'cli.file.notReadable', params: { path, detail } })
  }
}

/** Bytes of a pipe or device, which has no size to ask for: one more than allowed at most. */
async function readStream(path: string, max_bytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of createReadStream(path, { end: max_bytes })) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function failed(reason: Parameters<typeof usageProblem>[0], file?: string): FileRead {
  const problem = usageProblem(reason)
  return { ok: false, problem: file === undefined ? problem : { ...problem, at: { file, line: 0, column: 0 } } }
}

/** Writes a file the user named; null, or the problem. With `exclusive` an existing file is left alone. */
export async function writeUserFile(path: string, text: string, exclusive = false): Promise<Problem | null> {
  try {
    await writeFile(path, text, { flag: exclusive ? 'wx' : 'w' })
    return null
  } catch (error) {
    const detail = detailOf(error)
    const other = { code: 'cli.fix.otherPath', params: {} } as const
    if (detail === 'EEXIST') return usageProblem({ code: 'cli.file.exists', params: { path } }, other)
    return usageProblem({ code: 'cli.file.notWritable', params: { path, detail } }, other)
  }
}
