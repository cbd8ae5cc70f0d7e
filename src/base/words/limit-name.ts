import { isCode, type Language, say } from './index.ts'

/** Sources that name a part of the site: `circuit.<id>`, `cabinet.<id>`. */
const parts = { circuit: 'report.limit.circuit', cabinet: 'report.limit.cabinet' } as const

function isPart(kind: string): kind is keyof typeof parts {
  return Object.hasOwn(parts, kind)
}

/** What people call a limit source; one that has no name keeps its code. */
export function limitName(source: string, language: Language): string {
  const name = `${source}.name`
  if (isCode(name)) return say(name, {}, language)
  const [kind = '', ...rest] = source.split('.')
  return isPart(kind) ? say(parts[kind], { id: rest.join('.') }, language) : source
}
