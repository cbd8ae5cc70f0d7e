/** 站点文件中需求部分的问题，以及驾驶员未充电就离开的原因。 */
export const demand = {
  'demand.both': '{one} 与 {other} 只能写其一',
  'demand.neither': '既没有写 {one}，也没有写 {other}',
  'demand.fix.either': '写上其中之一：{keys}',
  'demand.noSuchDay': '没有 {day} 这一天',
  'demand.sdMissing': '{distribution} 分布需要给出标准差',
  'demand.sdUnused': '{distribution} 分布由均值完全确定，请去掉标准差',
  'demand.uniformBelowZero': '均值为 {mean} 的均匀分布，标准差不超过 {most} 才不会低于 0',
  'demand.growthWithoutStart': '份额会增长，但没有用 "growth" 说明从何时开始',
  'driver.queueFull': '等候位已满',
  'driver.queueLong': '排队车辆多于驾驶员愿意等候的数量',
  'driver.patience': '驾驶员已等到耐心的极限',
  'access.handsFree': '没有驾驶人插枪，适用的 EVSE 也不能自动连接',
  'access.handsFree.name': '无人插枪',
  'remedy.handsFree': '能自动连接的 EVSE',
} as const
