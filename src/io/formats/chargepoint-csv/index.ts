export { readSessionsCsv } from './read.ts'
export { writeSessionsCsv } from './write.ts'
