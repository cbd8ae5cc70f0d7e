import { formatNumber, type Language, say } from '../../base/words/index.ts'

/** Names of kinds in a workload file, which knows outlets and batteries by their figures only. */
const outlet = /^outlet-(\d+(?:\.\d+)?)$/
const battery = /^battery-(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/

/** What people call an outlet or battery of a recording; other names stay. */
export function recordedName(name: string, language: Language): string {
  const number = (text: string | undefined): string => formatNumber(Number(text), language)
  const ofOutlet = outlet.exec(name)
  if (ofOutlet) return say('simulate.outlet', { power: number(ofOutlet[1]) }, language)
  const ofBattery = battery.exec(name)
  if (!ofBattery) return name
  return say('simulate.battery', { energy: number(ofBattery[1]), power: number(ofBattery[2]) }, language)
}
