/** 引擎的应答为何无法读取。键同 shared/texts/reasons-answers。 */
export const answerReasons: Readonly<Record<string, string>> = {
  answer_json: '数据（JSON）已损坏',
  answer_deep: '数据（JSON）嵌套过深',
  answer_list: '此处应为列表，实际不是',
  answer_id: '其中没有标识',
  answer_long_id: '标识过长，不可能是真的',
  answer_version: '不是引擎的版本信息',
  answer_event: '其中有损坏的事件',
  answer_network: '网络已创建，但没有给出标识',
};
