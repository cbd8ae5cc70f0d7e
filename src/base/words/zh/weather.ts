/** 运行中的气温及气温文件。 */
export const weather = {
  'weather.option': '气温文件：CSV、EPW、PVGIS 或 NREL 典型年（自动启用 --physics）',
  'weather.form': '无法识别该文件为气温文件',
  'weather.fix.form': '请提供含 time 和 temperature_degC 两列的 CSV、EPW 文件，或 PVGIS、NREL 的典型年',
  'weather.notRising': '时间不晚于上一行',
  'weather.notLikely': '{found} °C 不可能是气温，气温介于 {low_degC} 与 {high_degC} 之间',
  'weather.more': '另有 {count} 行有误',
  'weather.tooFew': '文件中的温度少于两个',
  'weather.noOffset': '文件头没有说明其时钟与 UTC 的差',
  'weather.notWholeYear': '典型年有 365 天，该文件只有 {days} 天',
  'weather.notCovered': '文件从 {first} 到 {last}，运行从 {from} 到 {to}（UTC）',
  'weather.fix.covers': '请用 --from 和 --days 选择文件内的日期，或提供一整年的文件',
  'weather.air': '气温',
  'weather.inRun': '本次运行 {low} 至 {high} °C，平均 {mean} °C',
  'site.ambientOne': '气温只能取自日波动或天气文件之一',
  'site.fix.ambientOne': '请只写 daily: 或 weather: 之一',
  'site.ambientOrder': '最低温度 {low_degC} °C 高于最高温度 {high_degC} °C',
} as const
