import type { StationDriver } from '../driver.ts'
import { inbound2 } from './inbound.ts'
import { askStatus2, spell2 } from './outbound.ts'
import { askConnectorTypes } from './variables.ts'

const driver = (version: '2.0.1' | '2.1'): StationDriver => ({
  version,
  inbound: inbound2,
  spell: spell2,
  askStatus: (station) => askStatus2(station),
  greet: askConnectorTypes,
})

/** OCPP 2.0.1 and 2.1: the same but for words the later one has more of. */
export const driver201 = driver('2.0.1')
export const driver21 = driver('2.1')
