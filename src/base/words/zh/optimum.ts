/** 一份记录事后所能达到的最好结果，以及实际达到了多少。 */
export const optimum = {
  'optimum.option': '与 --workload 合用：任何调度最多能输出的电量中，实际输出了多少',
  'optimum.onlyWithWorkload': '--optimum 需要停留时间已知的充电记录，只能与 --workload 合用',
  'optimum.tooLarge':
    '最优解规模过大，无法计算：{sessions} 次充电共用限额，共 {cells} 个步（步长不超过 {step_s} s），最多 {most} 个',
  'optimum.fix.tooLarge': '请回放较短的记录，例如一周',
  'optimum.progress': '事后最优调度',
  'optimum.label': '事后最优调度',
  'optimum.between': '{low} 至 {high} kWh，实际输出其中的 {share} %',
  'optimum.exactly': '{high} kWh，实际输出其中的 {share} %',
} as const
