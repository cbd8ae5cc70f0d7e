/** Problems of the demand of a site file, and why drivers leave without having charged. */
export const demand = {
  'demand.both': 'state {one} or {other}, not both',
  'demand.neither': 'it states neither {one} nor {other}',
  'demand.fix.either': 'add one of: {keys}',
  'demand.noSuchDay': 'there is no day {day}',
  'demand.sdMissing': 'a {distribution} distribution needs a standard deviation',
  'demand.sdUnused': 'the mean says all of a {distribution} distribution; leave the standard deviation out',
  'demand.uniformBelowZero':
    'a uniform distribution with mean {mean} stays above 0 up to a standard deviation of {most}',
  'demand.growthWithoutStart': 'the share grows, but "growth" does not say from when',
  'driver.queueFull': 'every place to wait was taken',
  'driver.queueLong': 'more vehicles waited than the driver would stand behind',
  'driver.patience': 'the driver had waited as long as patience lasts',
  'access.handsFree': 'no driver plugs it in, and no EVSE that fits connects by itself',
  'access.handsFree.name': 'no hand to plug it in',
  'remedy.handsFree': 'an EVSE that connects by itself',
} as const
