/** What is said of protection and of the start of a session. */
export const protection = {
  'protection.setUp.measured': 'as measured with {protocol}',
  'protection.setUp.relative': 'as measured with {of}; nothing was measured with {protocol}',
} as const
