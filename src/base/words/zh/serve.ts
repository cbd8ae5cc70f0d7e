/** What the server of a living hub says. */
export const serve = {
  'serve.cli.description': '通过 OCPP 运行场站：充电站接入，场站控制器分配功率，仪表盘显示',
  'serve.option.port': '仪表盘、接口与 OCPP 的端口（默认 8180；0 为任意）',
  'serve.option.host': '监听地址（默认 127.0.0.1，仅本机）',
  'serve.option.data': '存储文件夹（默认 anyplug-data）',
  'serve.option.virtual': '扮演场站中的充电站，车辆与仿真中一样到来',
  'serve.option.speed': '时钟倍速（默认 1）',
  'serve.option.minutes': '在若干真实分钟后停止',
  'serve.runs': '{site} 运行于 {url}',
  'serve.link': '一次性登录链接  {link}',
  'serve.ocpp': '充电站连接到  {url}<充电站编号>',
  'serve.line': '{evses} 个 EVSE 中 {charging} 个在充电，{power} / {limit} kW',
  'serve.portInUse': '端口 {port} 已被占用',
  'serve.fix.port': '用 --port 选择另一个端口，或停止占用它的程序',
  'serve.cannotListen': '无法在 {host} 端口 {port} 监听：{detail}',
  'serve.noDemand': '场站文件没有需求部分：不会有虚拟车辆到来',
} as const
