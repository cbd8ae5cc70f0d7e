/** The best that could have been done with a recording, and how much of it was. */
export const optimum = {
  'optimum.option': 'with --workload: how much of the most that any schedule could deliver was delivered',
  'optimum.onlyWithWorkload': '--optimum needs sessions with known stays: it is for --workload only',
  'optimum.tooLarge':
    'the optimum is too large to compute: {sessions} sessions share the limit over {cells} steps of up to {step_s} s; at most {most}',
  'optimum.fix.tooLarge': 'replay a shorter recording, such as a week',
  'optimum.progress': 'best schedule in hindsight',
  'optimum.label': 'Best schedule in hindsight',
  'optimum.between': '{low} to {high} kWh, of which {share} % were delivered',
  'optimum.exactly': '{high} kWh, of which {share} % were delivered',
} as const
