import { createReadStream } from 'node:fs'
import { access, constants, open, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Problem } from '../../base/problems/index.ts'
import type { Coded } from '../../base/words/index.ts'
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
    return failed(unreadable(path, error))
  }
}

function unreadable(path: string, error: unknown): Coded {
  const detail = detailOf(error)
  if (detail === 'ENOENT') return { code: 'cli.file.missing', params: { path } }
  return { code: 'cli.file.notReadable', params: { path, detail } }
}

/** A file the user named, to be read piece by piece; its size is not known of a pipe or device. */
export interface OpenFile {
  readonly size: number | null
  readonly pieces: AsyncIterable<Uint8Array>
}

/** Opens a file the user named, however large it is. */
export async function openUserFile(path: string): Promise<OpenFile | Problem> {
  try {
    const file = await open(path)
    const found = await file.stat()
    if (!found.isDirectory()) return { size: found.isFile() ? found.size : null, pieces: file.createReadStream() }
    await file.close()
    return usageProblem({ code: 'cli.file.isDirectory', params: { path } })
  } catch (error) {
    return usageProblem(unreadable(path, error))
  }
}

/** Bytes of a pipe or device, which has no size to ask for: one more than allowed at most. */
async function readStream(path: string, max_bytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of createReadStream(path, { end: max_bytes })) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function failed(reason: Coded, file?: string): FileRead {
  const problem = usageProblem(reason)
  return { ok: false, problem: file === undefined ? problem : { ...problem, at: { file, line: 0, column: 0 } } }
}

/** Writes a file the user named; null, or the problem. With `exclusive` an existing file is left alone. */
export async function writeUserFile(
  path: string,
  text: string | Iterable<string>,
  exclusive = false,
): Promise<Problem | null> {
  try {
    await writeFile(path, text, { flag: exclusive ? 'wx' : 'w' })
    return null
  } catch (error) {
    if (detailOf(error) === 'EEXIST') return usageProblem({ code: 'cli.file.exists', params: { path } }, otherPath)
    return notWritable(path, error)
  }
}

const otherPath = { code: 'cli.fix.otherPath', params: {} } as const

/** The problem of a file or folder that could not be written. */
export function notWritable(path: string, error: unknown): Problem {
  return usageProblem({ code: 'cli.file.notWritable', params: { path, detail: detailOf(error) } }, otherPath)
}

/** Why files could not be written later, told before long work begins; nothing is created. */
export async function unwritable(paths: readonly (string | undefined)[]): Promise<Problem[]> {
  const problems = await Promise.all(paths.map((path) => (path === undefined ? null : unwritableFile(path))))
  return problems.filter((problem) => problem !== null)
}

async function unwritableFile(path: string): Promise<Problem | null> {
  try {
    const found = await stat(path).catch(() => null)
    if (found?.isDirectory()) return usageProblem({ code: 'cli.file.isDirectory', params: { path } }, otherPath)
    await access(found ? path : dirname(path), constants.W_OK)
    return null
  } catch (error) {
    return notWritable(path, error)
  }
}
