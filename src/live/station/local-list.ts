/** Tokens a station knows by itself. */
export class LocalList {
  #version = 0
  #verdicts = new Map<string, boolean>()

  get version(): number {
    return this.#version
  }

  /** Whether a token may charge; null: the list does not have it. */
  verdict(idToken: string): boolean | null {
    return this.#verdicts.get(idToken) ?? null
  }

  /** Takes a whole list, or changes to the one that is there; null takes a token off. False: changes to an older list. */
  take(version: number, isFull: boolean, verdicts: ReadonlyMap<string, boolean | null>): boolean {
    if (!isFull && version <= this.#version) return false
    if (isFull) this.#verdicts = new Map()
    for (const [idToken, verdict] of verdicts) {
      if (verdict === null) this.#verdicts.delete(idToken)
      else this.#verdicts.set(idToken, verdict)
    }
    this.#version = version
    return true
  }
}
