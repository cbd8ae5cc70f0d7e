import type { Governor } from '../governor.ts'

/** In the place of a site controller where the policy itself shares what the devices leave. */
export const noSite: Governor = {
  alarms: 0,
  start(): void {},
  ring(): void {},
  plugged(): void {},
  unplugged(): void {},
  stretchEnds(): void {},
  stretchBegins(): void {},
  snapshot: () => null,
  restore(): void {},
}
