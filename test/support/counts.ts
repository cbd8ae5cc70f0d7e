/** How often a property is tried: `usual` in every run, `full` under `npm run test:full`. */
export function runs(usual: number, full: number): number {
  return process.env['ANYPLUG_FULL'] === '1' ? full : usual
}
