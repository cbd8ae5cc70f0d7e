/** What is said of protection and of the start of a session. */
export const protection = {
  'protocol.setUp': 'no current yet: the handshake of plug and vehicle takes its time',
  'protocol.setUp.name': 'handshake before charging',
  'protection.setUp.measured': 'as measured with {protocol}',
  'protection.setUp.relative': 'as measured with {of}; nothing was measured with {protocol}',
} as const
