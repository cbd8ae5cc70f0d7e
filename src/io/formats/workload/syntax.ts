const SPACE = /[\t\n\r ]*/y
const SCALAR =
  /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy
const KEY = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"[\t\n\r ]*:/uy

/** Engines tell where a text stops being JSON in words that differ between versions, or not at all: this walks it. */
class Walk {
  readonly #text: string
  /** Closing brackets still owed. */
  readonly #owed: string[] = []
  at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Stops at the first character that cannot stand where it stands. */
  run(): number {
    while (this.#value() && this.#after()) {}
    return this.at
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.#text)
    if (found !== null) this.at += found[0].length
    return found !== null
  }

  #take(character: string): boolean {
    if (this.#text[this.at] !== character) return false
    this.at++
    return true
  }

  /** A value, with the brackets that open before it; false when none can be read. */
  #value(): boolean {
    for (;;) {
      this.#skip(SPACE)
      if (this.#take('[')) {
        this.#owed.push(']')
        this.#skip(SPACE)
        if (this.#text[this.at] === ']') return true
      } else if (this.#take('{')) {
        this.#owed.push('}')
        this.#skip(SPACE)
        if (this.#text[this.at] === '}') return true
        if (!this.#skip(KEY)) return false
      } else return this.#skip(SCALAR)
    }
  }

  /** Closing brackets and the comma before the next value; false at the end or a fault. */
  #after(): boolean {
    for (;;) {
      this.#skip(SPACE)
      const owed = this.#owed.at(-1)
      if (owed === undefined) return false
      if (this.#take(owed)) this.#owed.pop()
      else if (!this.#take(',')) return false
      else {
        this.#skip(SPACE)
        return owed === ']' || this.#skip(KEY)
      }
    }
  }
}

/** Offset of the first fault of a text that is not JSON. */
export function faultOffset(text: string): number {
  return new Walk(text).run()
}
