import type { protection as en } from '../en/protection.ts'

export const protection: Readonly<Record<keyof typeof en, string>> = {
  'protection.setUp.measured': '{protocol} 的实测值',
  'protection.setUp.relative': '采用 {of} 的实测值；{protocol} 没有实测',
}
