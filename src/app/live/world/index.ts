/** Virtual stations with their cars by themselves, without a hub to run them. */
export { SiteWorld, type SiteWorldInput } from '../site-world.ts'
