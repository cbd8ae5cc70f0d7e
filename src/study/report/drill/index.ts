export { type DrillPage, type HealthyDays, renderDrill } from './page.ts'
