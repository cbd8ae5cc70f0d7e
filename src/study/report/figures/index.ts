export { differenceWriter, FigureWriter, figureLabel, figureUnit } from './figure-writer.ts'
export { verdictWords } from './verdict.ts'
