export { readWeather } from './read.ts'
