export { readAcnData } from './read.ts'
export { writeAcnData } from './write.ts'
