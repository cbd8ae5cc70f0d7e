export { readOcpiCdrs } from './read.ts'
export { writeOcpiCdrs } from './write.ts'
