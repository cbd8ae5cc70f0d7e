const MAX_SNIPPET = 40

/** A text, cut where it gets long. */
export function clip(text: string): string {
  return text.length > MAX_SNIPPET ? `${text.slice(0, MAX_SNIPPET)}...` : text
}

/** A value as it might stand in a file, short. */
export function snippet(value: unknown): string {
  if (typeof value === 'string') return `"${clip(value)}"`
  if (Array.isArray(value)) return '[...]'
  if (typeof value === 'object' && value !== null) return '{...}'
  return String(value)
}
