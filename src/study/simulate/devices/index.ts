export { DeviceGovernor } from './device-governor.ts'
export type { PlugPhysics } from './plug-physics.ts'
export { siteDevices } from './site-devices.ts'
