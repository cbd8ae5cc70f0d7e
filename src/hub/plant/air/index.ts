export { Air, type AirRange } from './air.ts'
export { dailyCourse } from './daily.ts'
export { courseOf, covers, type Weather, type WeatherPeriod } from './weather.ts'
