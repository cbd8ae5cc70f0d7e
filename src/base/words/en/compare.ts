/** Many runs of a hub, and hubs beside each other. */
export const compare = {
  'compare.figure.arrived': 'Vehicles that came',
  'compare.figure.energyDelivered': 'Energy delivered',
  'compare.figure.served': 'Vehicles served',
  'compare.figure.refused': 'Refused',
  'compare.figure.left': 'Left without charging',
  'compare.figure.meanWait': 'Mean wait',
  'compare.figure.p95Wait': 'Wait, 95 of 100 at most',
  'compare.figure.peak15min': 'Peak, 15 min mean',
  'compare.figure.heldBack': 'Held back',
  'compare.figure.unserved': 'Missing at departure',
} as const
