export type { Curve, CurveChart, CurvePage, CurveSection } from './input.ts'
export { renderCurvePage } from './page.ts'
