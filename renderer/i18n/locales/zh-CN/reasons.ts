import { answerReasons } from './reasons-answers';
import { shapeReasons } from './reasons-shape';
import { wayReasons } from './reasons-ways';

/** 句中之句：原因。都不带句号，位于冒号之后。 */
const reasons: Readonly<Record<string, string>> = {
  list: '{{first}}；{{rest}}',
  the_host: '该主机',
  said: '原文是“{{words}}”',

  file_absent: '文件不存在',
  file_denied: '此用户无权读取',
  file_folder: '它是一个文件夹',
  file_no_folder: '其路径中的一部分不是文件夹',
  file_loop: '其链接形成了环',
  file_name_long: '其名称过长',
  file_many_open: '本机打开的文件过多',
  file_device: '其所在的磁盘发生故障',
  file_special: '它不是普通文件（而是管道、设备或套接字）',
  file_large: '它远大于应有的大小',
  line_long: '对一行来说过长',
  file_unread: '无法读取 {{file}}（{{why}}）',
  write_denied: '此用户无权在那里写入',
  write_full: '磁盘已满',
  write_read_only: '磁盘为只读',
  no_reason: '某台主机失败而未说明原因',
  not_back: '{{container}} 未能在 {{network}} 上取回 {{address}}：{{why}}',
  system: '系统报告：“{{words}}”',

  setting_mac: 'MAC 地址',
  setting_alias: '别名',
  setting_priority: '网关优先级',
  setting_ipv4: 'IPv4',
  setting_ipv6: 'IPv6',
  setting_attachable: '手动连接',
  setting_option: '驱动选项“{{name}}”',
  state_on: '开启',
  state_off: '关闭',

  effect_without: '控制台在没有它的情况下继续运行',
  effect_keychain: '先前记住的口令，需要在密钥要求时重新输入',

  ...shapeReasons,
  ...wayReasons,
  ...answerReasons,
};

export default reasons;
