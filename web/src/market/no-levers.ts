import type { Levers } from '../../../src/study/market/index.ts'

export type { Levers }

/** Every lever as the scenario has it. Written here as well, since the model itself stays in the worker. */
export const noLevers: Levers = {
  ...{ never: [], cap_frac: null, opened: null, salesFactor: null, adapterCover_frac: null, threshold_frac: null },
  ...{ rules: [], access: {} },
}
