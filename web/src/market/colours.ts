import type { MarketTold } from './study.ts'

type Region = MarketTold['region']

const PLUGS = 6

/** Colour of a connector, the same in every figure. */
export function plugColour(connector: number): string {
  return connector < 0 ? 'var(--plug-none)' : `var(--plug-${(connector % PLUGS) + 1})`
}

/** Cars have the colour of their first inlet; a further group with the same inlet has a paler one. */
export function groupColour({ groups, connectors }: Region, group: number): string {
  const inlet = groups[group]?.inlets[0]
  const plug = plugColour(connectors.findIndex(({ id }) => id === inlet))
  const before = groups.slice(0, group).filter(({ inlets }) => inlets[0] === inlet).length
  return before === 0
    ? plug
    : `color-mix(in srgb, ${plug} ${Math.round(100 * 0.5 ** before)}%, var(--mantine-color-body))`
}
