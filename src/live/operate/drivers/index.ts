import type { OcppVersion } from '../../ocpp/index.ts'
import type { StationDriver } from './driver.ts'
import { driver21, driver201 } from './v2/index.ts'
import { driver16 } from './v16/index.ts'

export type { Contact, StationDriver } from './driver.ts'

const drivers: Readonly<Record<OcppVersion, StationDriver>> = { '1.6': driver16, '2.0.1': driver201, '2.1': driver21 }

/** The driver of a version. */
export const driverOf = (version: OcppVersion): StationDriver => drivers[version]
