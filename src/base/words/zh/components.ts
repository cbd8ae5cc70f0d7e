import type { components as en } from '../en/components.ts'

export const components: Readonly<Record<keyof typeof en, string>> = {
  'catalogue.unknown.components': '"{id}" 不是已知的部件',
  'catalogue.component.wrongType': '"{id}" 的类型是 {found}，这里需要 {wanted}',
  'catalogue.component.uncooled': '电缆仅靠空气冷却，因此没有 {part}',
  'catalogue.component.ladder': '温度必须依次升高：recover_degC、drop_degC、trip_degC',
  'catalogue.component.outOfReach': '没有模块能到达输出 {output}',
  'catalogue.component.noOutput': '没有输出 {output}；最大编号为 {outputs}',
  'catalogue.component.rows': '{wanted} 个 {what} 却有 {count} 行',
  'catalogue.component.noModule': '没有模块 {module}；最大编号为 {modules}',
  'catalogue.kind.components': '充电系统的部件：电缆、模块、矩阵、保护',
  'site.unknownCable': '目录中没有电缆 "{name}"',
  'site.unknownModule': '目录中没有功率模块 "{name}"',
  'site.unknownMatrix': '目录中没有切换矩阵 "{name}"',
  'site.moduleTwice': '"modules" 已说明模块大小，不要再写 "module_kW"',
  'site.modulesTooWeak': '其模块共 {given_kW} kW，低于机柜的 {power_kW} kW',
  'site.cableOfOtherPlug': '电缆 "{cable}" 适用于 {connectors}，不适用于 {connector}',
  'site.cableVoltage': '电缆 "{cable}" 的额定电压为 {max_V} V，而插头输出 {wanted_V} V',
}
