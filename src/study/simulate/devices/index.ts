export { DeviceGovernor } from './device-governor.ts'
export { deviceProblems } from './device-problems.ts'
export type { PlugPhysics } from './plug-physics.ts'
export { siteDevices } from './site-devices.ts'
