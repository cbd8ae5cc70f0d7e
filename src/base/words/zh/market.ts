import type { market as en } from '../en/market.ts'

export const market: Readonly<Record<keyof typeof en, string>> = {
  'market.history.double': '序列“{id}”出现了两次',
}
