/** 同一站点的多次运行，以及多个站点的对比。 */
export const compare = {
  'compare.figure.arrived': '到达车辆',
  'compare.figure.energyDelivered': '输出电量',
  'compare.figure.served': '获得充电的车辆',
  'compare.figure.refused': '拒绝',
  'compare.figure.left': '未充电离开',
  'compare.figure.meanWait': '平均等待',
  'compare.figure.p95Wait': '等待时间，95 % 不超过',
  'compare.figure.peak15min': '15 分钟平均峰值',
  'compare.figure.heldBack': '受限电量',
  'compare.figure.unserved': '离开时缺少',
} as const
