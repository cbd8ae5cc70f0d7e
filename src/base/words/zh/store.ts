import type { store as english } from '../en/store.ts'

export const store: Readonly<Record<keyof typeof english, string>> = {
  'store.full': '磁盘已满，或存储已达允许的大小（{file}）',
  'store.locked': '另一个进程正在写入 {file}',
  'store.corrupt': '{file} 已损坏，或不是 anyplug 的存储：{detail}',
  'store.readOnly': '无法写入 {file}：{detail}',
  'store.notOpen': '无法打开 {file}：{detail}',
  'store.io': '读写 {file} 失败：{detail}',
  'store.newer': '{file} 由更新版本的 anyplug 写入（架构 {found}，此处已知：{known}）',
  'store.folder': '无法创建文件夹 {folder}：{detail}',
  'store.taken': '{folder} 中的存储属于进程 {pid}，其服务地址为 {url}',
  'store.closed': '存储已关闭',
  'store.fix.full': '请腾出磁盘空间；写入会自动继续',
  'store.fix.corrupt': '请用备份替换，或移走该文件重新开始',
  'store.fix.taken': '请先结束该进程，或用 --data 指定其他文件夹',
  'store.fix.newer': '请使用更新版本的 anyplug，或用 --data 指定其他文件夹',
  'store.fix.folder': '请用 --data 指定其他文件夹',
}
