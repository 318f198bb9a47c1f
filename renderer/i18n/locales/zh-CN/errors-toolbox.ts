/** 工具箱：与 shared/texts/toolbox 中的英文逐条对应。 */
export const toolboxProblems: Readonly<Record<string, string>> = {
  toolbox_unavailable_ended: '工具箱在 {{host}} 上的一项任务在完成前被终止。',
  toolbox_unavailable_shim_gone:
    '未能建立 {{host}} 到其容器的通路：{{detail}} 该主机上没有留下任何相关内容。',
  toolbox_unavailable_shim_left:
    '未能建立 {{host}} 到其容器的通路：{{detail}} 无法确定链路 {{link}} 是否仍留在该主机上。',
  toolbox_unavailable_shim_unread:
    '无法确定 {{host}} 到其容器的通路是否已被移除，也无法确定链路 {{link}} 是否仍可用：{{detail}}',
  toolbox_unavailable_policy_unread:
    '无法确定 {{host}} 上为 {{name}} 所做的设置是否已被全部或部分移除：{{detail}}',
  toolbox_unavailable_policy_gone:
    '未能在 {{host}} 上为 {{name}} 完成设置：{{detail}} 该主机上没有留下任何相关内容。',
  toolbox_unavailable_policy_left:
    '未能在 {{host}} 上为 {{name}} 完成设置：{{detail}} 无法确定其中一部分是否仍留在该主机上。',
  toolbox_unasked: '尚未允许控制台在 {{host}} 上运行工具箱。',
  toolbox_unasked_moved:
    '您之前就 {{host}} 上的工具箱所做的回答针对的是另一个地址。在为现在的这台主机允许之前，不会运行其中任何任务。',
  toolbox_unasked_grown:
    '在 {{host}} 上允许工具箱时，其中一些任务的权限与现在不同，或当时未记录：{{tasks}}。重新允许之前，不会运行其中任何任务。',
  toolbox_left: '{{host}} 上的工具箱已被拒绝，但其辅助容器无法移除：{{names}}。',
  toolbox_left_image: '{{host}} 上的工具箱已被拒绝，但其镜像无法移除：{{image}}。',
  toolbox_left_unread: '{{host}} 上的工具箱已被拒绝。引擎没有应答，无法得知那里是否还留有其镜像或辅助容器。',
  helpers_left: '无法移除 {{host}} 上的辅助容器：{{names}}。',
  toolbox_refused: '{{host}} 上的工具箱已被拒绝，因此无法执行此操作。',
  toolbox_unavailable: '工具箱无法在 {{host}} 上运行。',
  toolbox_unavailable_architecture: '此控制台没有适用于 {{host}} 的 {{architecture}} 架构的工具箱镜像。',
  toolbox_unavailable_tools: '此计算机缺少制作工具箱镜像所需的程序：{{tools}}。',
  toolbox_unavailable_image: '无法将镜像 {{image}} 放到 {{host}} 上。',
  toolbox_unavailable_reference: '“{{image}}”不是有效的镜像名。',
  toolbox_unavailable_foreign: '{{host}} 上的 {{image}} 不是此控制台的工具箱。',
  toolbox_unavailable_timeout: '工具箱在 {{host}} 上未能在 {{seconds}} 秒内完成任务，已被终止。',
  toolbox_unavailable_failed: '工具箱在 {{host}} 上执行任务失败。',
  toolbox_unavailable_output: '工具箱在 {{host}} 上给出的结果无法读取。',
};
