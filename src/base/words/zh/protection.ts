import type { protection as en } from '../en/protection.ts'

export const protection: Readonly<Record<keyof typeof en, string>> = {
  'protocol.setUp': '尚无电流：枪与车的握手需要时间',
  'protocol.setUp.name': '充电前握手',
  'protection.setUp.measured': '{protocol} 的实测值',
  'protection.setUp.relative': '采用 {of} 的实测值；{protocol} 没有实测',
}
