/** What the API says no with. */
export const api = {
  'api.signIn': '请先登录：使用服务器输出的链接或令牌。',
  'api.linkUsed': '该链接或令牌无效：已使用、已过期或不存在。',
  'api.tooMany': '此处失败次数过多，请一分钟后再试。',
  'api.notFound': '没有此名称的对象。',
  'api.noRoute': '接口没有此路径；/api/openapi.json 列出了所有路径。',
  'api.notForgotten': '没有此充电站，或场站文件中列有它。',
  'api.fields': '不符合要求：{fields}',
  'api.json': '请求体必须为 JSON，content-type 为 application/json。',
  'api.notJson': '请求体不是 JSON。',
  'api.tooLarge': '请求体过大。',
  'api.failed': '服务器内部出错；日志中有详情。',
  'api.span': '结束必须在开始之后。',
  'api.tooManySteps': '{steps} 步太多，最多 {most}：请加大步长。',
  'api.limit.aboveGrid': '{limit} kW 超过并网容量 {import} kW。',
  'api.limit.changed': '其他人已将限值设为 {limit} kW。',
  'api.limit.confirm': '较低的限值会使车辆变慢或停止：请用场站名称 {name} 确认。',
} as const
