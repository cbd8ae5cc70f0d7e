export { quantity, signedQuantity } from './quantity.ts'
