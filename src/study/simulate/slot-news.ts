/** Slots whose draw goes on in another way, each once, until somebody asks. */
export class SlotNews {
  readonly #slots: Int32Array
  readonly #isListed: Uint8Array
  #count = 0

  constructor(slots: number) {
    this.#slots = new Int32Array(slots)
    this.#isListed = new Uint8Array(slots)
  }

  get count(): number {
    return this.#count
  }

  add(slot: number): void {
    if (this.#isListed[slot] === 1) return
    this.#isListed[slot] = 1
    this.#slots[this.#count++] = slot
  }

  /** Takes one off the list; there is one. */
  take(): number {
    const slot = this.#slots[--this.#count] as number
    this.#isListed[slot] = 0
    return slot
  }
}
