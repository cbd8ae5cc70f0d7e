/** Which plugs and parts will be wanted: history, model, scenarios. */
export const market = {
  'market.history.double': 'series "{id}" is there twice',
} as const
