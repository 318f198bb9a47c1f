/** 更改后的回读与恢复：与 shared/texts/outcomes 中的英文逐条对应。 */
export const outcomeProblems: Readonly<Record<string, string>> = {
  verify_failed: '{{host}} 上的引擎接受了更改，但回读结果与之不符。',
  verify_failed_still_on: '{{host}} 上的引擎答复“完成”，但回读显示 {{container}} 仍在 {{network}} 上。',
  verify_failed_not_on: '{{host}} 上的引擎答复“完成”，但回读显示 {{container}} 不在 {{network}} 上。',
  verify_failed_no_endpoint:
    '{{host}} 上的引擎答复“完成”，但回读显示 {{container}} 在 {{network}} 上没有可用的连接。',
  verify_failed_network_stays: '{{host}} 上的引擎答复“完成”，但回读显示网络 {{network}} 仍然存在。',
  verify_failed_network_other: '{{host}} 上的引擎答复“完成”，但回读显示网络 {{network}} 的设置与要求的不符。',
  verify_failed_not_started: '{{host}} 上的引擎答复“完成”，但回读显示 {{container}} 没有启动。',
  verify_failed_not_stopped: '{{host}} 上的引擎答复“完成”，但回读显示 {{container}} 仍在运行。',
  verify_failed_other_address:
    '{{host}} 上的引擎答复“完成”，但回读显示 {{container}} 在 {{network}} 上的地址是 {{shown}}，而不是 {{address}}。',
  verify_failed_setting:
    '{{host}} 上的引擎答复“完成”，但回读显示 {{container}} 在 {{network}} 上的设置与要求不符：{{field}}为 {{shown}}，要求的是 {{asked}}。',
  verify_failed_no_setting:
    '{{host}} 上的引擎答复“完成”，但回读显示 {{container}} 在 {{network}} 上缺少所要求的设置：{{field}} {{asked}}。',
  verify_failed_network_setting:
    '{{host}} 上的引擎答复“完成”，但回读显示网络 {{network}} 的设置与要求不符：{{field}}为 {{shown}}，要求的是 {{asked}}。',
  verify_failed_no_network_setting:
    '{{host}} 上的引擎答复“完成”，但回读显示网络 {{network}} 缺少所要求的设置：{{field}} {{asked}}。',
  verify_failed_link_missing: '回读显示，{{host}} 上通往 {{network}} 的链路 {{link}} 与所创建的不符。',
  verify_failed_link_stays: '回读显示，{{host}} 上通往 {{network}} 的链路 {{link}} 仍然存在。',
  verify_failed_policy: '回读显示，{{host}} 上为 {{name}} 所做的设置与应有的不符。',
  verify_failed_no_address:
    '{{host}} 上的引擎答复“完成”，但回读显示 {{container}} 在 {{network}} 上没有地址，而应为 {{address}}。',
  rolled_back_another: '更改在另一台主机上失败。',
  rolled_back: '更改失败；{{host}} 上的一切已恢复原状。',
  rollback_failed: '更改失败，且 {{host}} 上的恢复也失败了。',
  rollback_failed_taken:
    '更改失败（{{first}}），且 {{container}} 未能在 {{network}} 上取回 {{address}}：{{detail}}',
  rollback_failed_both: '{{first}}{{host}} 上的恢复也失败了：{{second}}',
  rollback_failed_leftover_both: '{{first}}{{host}} 上的恢复也失败了：{{second}}',
  rollback_failed_leftover_rm_both: '{{first}}{{host}} 上的恢复也失败了：{{second}}',
  rollback_failed_irreversible: '{{host}} 上所做的更改无法自动撤回：其中一个网络无法重建。',
  rollback_failed_leftover_rm:
    '接入失败，且 {{host}} 上的引擎留有残余：{{container}} 看似已接入 {{network}}，实则没有。',
  rollback_failed_leftover:
    '接入失败，且 {{host}} 上的引擎留有残余：{{container}} 看似已接入 {{network}}，实则没有，这样它将无法再次启动。',
};

export const outcomeHints: Readonly<Record<string, string>> = {
  verify_failed: '重试之前请先查看当前状态。',
  verify_failed_still_on: '可能有其他程序同时在更改 {{container}}。重试之前请先查看当前状态。',
  verify_failed_not_on: '可能有其他程序同时在更改 {{container}}。重试之前请先查看当前状态。',
  verify_failed_no_endpoint: '可能有其他程序同时在更改 {{container}}。重试之前请先查看当前状态。',
  verify_failed_network_stays: '可能有其他程序同时在更改 {{network}}。重试之前请先查看当前状态。',
  verify_failed_network_other: '可能有其他程序同时在更改 {{network}}。重试之前请先查看当前状态。',
  verify_failed_not_started: '请查看 {{container}} 的现状：可能需要手动启动它。',
  verify_failed_not_stopped: '可能有其他程序同时在更改 {{container}}。重试之前请先查看当前状态。',
  verify_failed_other_address: '可能有其他程序同时在更改 {{container}}。重试之前请先查看当前状态。',
  verify_failed_setting:
    '此引擎可能不支持这样设置，或有其他程序同时在更改 {{container}}。请去掉此项后重试，或先查看当前状态。',
  verify_failed_no_setting:
    '此引擎可能不支持这样设置，或有其他程序同时在更改 {{container}}。请去掉此项后重试，或先查看当前状态。',
  verify_failed_network_setting:
    '此引擎可能不支持此项，或有其他程序同时在更改 {{network}}。请去掉此项后重试，或先查看当前状态。',
  verify_failed_no_network_setting:
    '此引擎可能不支持此项，或有其他程序同时在更改 {{network}}。请去掉此项后重试，或先查看当前状态。',
  verify_failed_link_missing: '可能有其他程序同时在更改 {{host}} 的链路。重试之前请先查看其当前状态。',
  verify_failed_link_stays: '可能有其他程序同时在更改 {{host}} 的链路。重试之前请先查看其当前状态。',
  verify_failed_policy: '可能有其他程序同时在 {{host}} 上更改它。重试之前请先查看当前状态。',
  verify_failed_no_address: '可能有其他程序同时在更改 {{container}}。重试之前请先查看当前状态。',
  rollback_failed_both: '请查看 {{host}} 上网络的现状，并手动接入或移出尚未恢复的部分。',
  rollback_failed_irreversible: '请查看此主机上网络的现状。',
  rollback_failed: '请检查该容器及其网络：它们可能停留在中间状态。',
  rollback_failed_taken:
    '{{container}} 目前不在 {{network}} 上。请用其他地址重新接入，或先释放 {{address}}。',
  rollback_failed_leftover:
    '请将 {{container}} 移出 {{network}}：Trunkline 会先停止它，清除残余，再重新启动。',
  rollback_failed_leftover_both:
    '请将 {{container}} 移出 {{network}}：Trunkline 会先停止它，清除残余，再重新启动。之后请在 {{host}} 上手动接回缺少的部分。',
  rollback_failed_leftover_rm_both:
    '只有停止容器才能清除残余，而 {{container}} 创建时带有 --rm，停止即被删除。请自行停止并重新创建它，并在 {{host}} 上手动接回其他缺少的部分。',
  rollback_failed_leftover_rm:
    '只有停止容器才能清除残余，而 {{container}} 创建时带有 --rm，停止即删除，残余也随之消失。请自行停止并重新创建它。',
};
