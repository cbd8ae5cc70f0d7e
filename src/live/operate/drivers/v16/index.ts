import type { StationDriver } from '../driver.ts'
import { inbound16 } from './inbound.ts'
import { askStatus16, spell16 } from './outbound.ts'

/** OCPP 1.6 over JSON. */
export const driver16: StationDriver = {
  version: '1.6',
  inbound: inbound16,
  spell: spell16,
  askStatus: askStatus16,
  greet: async () => {},
}
