/** Keys and list places that lead from the root of a document to a value in it. */
export type Path = readonly (string | number)[]

/** A path as people write it: `stations[0].evses[1].connector`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text === '' ? step : `${text}.${step}`
  }, '')
}
