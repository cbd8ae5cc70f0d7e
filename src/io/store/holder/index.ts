import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Who works with a store, for those who find it taken. */
export interface Holder {
  readonly pid: number
  /** Where its API listens; null: it does not, or not yet. */
  readonly url: string | null
}

export const holderFile = (folder: string): string => join(folder, 'server.json')
/** Where the server leaves a token for programs of the same user on the same machine. */
export const tokenFile = (folder: string): string => join(folder, 'ctl.token')

/** Who says that it works with the store of a folder; null: nobody does. It may have died since. */
export function holderOf(folder: string): Holder | null {
  try {
    const { pid, url } = JSON.parse(readFileSync(holderFile(folder), 'utf8')) as Record<string, unknown>
    return { pid: Number(pid), url: typeof url === 'string' ? url : null }
  } catch {
    return null
  }
}

/** The token for programs of the same user; null: there is none to be read. */
export function localToken(folder: string): string | null {
  try {
    return readFileSync(tokenFile(folder), 'utf8').trim() || null
  } catch {
    return null
  }
}
