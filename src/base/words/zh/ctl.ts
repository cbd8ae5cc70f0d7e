import type { ctl as english } from '../en/ctl.ts'

/** 运营命令的说法。 */
export const ctl: Readonly<Record<keyof typeof english, string>> = {
  'ctl.description': '操作正在运行的场站：查看状态、启动与停止、设定限值、确认告警',
  'ctl.argument.action':
    'status、stations、evses、explain、transactions、limit、start、stop、reset、unlock、enable、disable、trigger、reserve、cancel、reservations、alarms、ack、accept、reject、forget、password、tokens、allow、block、remove、backup、decisions、watch',
  'ctl.argument.words': '操作对象，例如充电站、充电单元编号与令牌',
  'ctl.option.url': '服务器地址（默认取自数据文件夹）；此时令牌读自 ANYPLUG_TOKEN',
  'ctl.option.from': '用于 limit：生效时刻，例如 2026-06-01T18:00Z',
  'ctl.option.until': '用于 allow：令牌到期时刻',
  'ctl.option.now': '用于 reset：立即执行，即使正在充电',
  'ctl.option.all': '用于 alarms：包括已结束的告警',
  'ctl.option.limit': '用于 transactions：最多条数（默认 20）',
  'ctl.unknownAction': '没有操作“{name}”；可用的有 {actions}',
  'ctl.missingWord': '缺少 {name}',
  'ctl.extraWord': '“{word}”多余；应为 {takes}',
  'ctl.notANumber': '{name}：“{text}”不是数字',
  'ctl.notAMoment': '{name}：“{text}”不是带时区的时刻，例如 2026-06-01T18:00Z',
  'ctl.noServer': '{folder} 中没有已知的服务器',
  'ctl.fix.server': '用 anyplug serve 启动一个，用 --data 指定其文件夹，或给出 --url 与 ANYPLUG_TOKEN',
  'ctl.unreachable': '无法连接服务器：{detail}',
  'ctl.refused': '服务器拒绝：{code}',
  'ctl.timeout': '充电站在 {after} 秒内没有应答',
  'ctl.offline': '充电站未连接',
  'ctl.notSupported': '充电站不支持该操作',
  'ctl.done': '完成',
  'ctl.backup': '存储已复制到 {file}',
  'ctl.limit': '{limit} kW，共 {import} kW',
  'ctl.status.hub': '{site}：{power} kW，限值 {limit} kW，并网容量 {import} kW',
  'ctl.status.evses':
    '{evses} 个充电单元：{charging} 充电，{free} 空闲，{occupied} 占用，{faulted} 故障，{offline} 离线',
  'ctl.status.alarms': '告警：{alarms}',
  'ctl.status.changed': '服务器启动后场站文件已变更；重启后生效',
  'ctl.watch': '{at}  {evses} 个中 {charging} 个充电，{power} kW',
}
