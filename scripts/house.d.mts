export const root: string
export function filesBelow(folder: string, keep?: (file: string) => boolean): string[]
