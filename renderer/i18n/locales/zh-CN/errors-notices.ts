/** 与 shared/texts/notices 中的英文逐条对应。 */
export const notices: Readonly<Record<string, string>> = {
  interruption: '{{container}} 在 {{network}} 上的连接将中断约 {{seconds}} 秒。',
  interruption_ends: '{{container}} 在 {{network}} 上的连接将断开，直到再次接入。',
  interruption_moves: '{{container}} 在 {{network}} 上的连接将断开；在此之前可先通过 {{to}} 访问。',
  interruption_stops: '{{container}} 会先被停止，并保持停止，直到您启动它。',
  interruption_sharers:
    '{{name}}：共用 {{container}} 的网络，{{container}} 一旦停止便失去网络，须在其之后重新启动才能恢复。',
  interruption_other_left:
    '接入失败在 {{network}} 上也留下了 {{container}} 的残余，此操作不会清除它：只要该网络的父接口不存在或被占用，{{container}} 就无法再启动，会保持停止，直到那里也被清除。',
  interruption_restarts: '{{container}} 会被停止，清除接入失败留在 {{network}} 上的残余，再重新启动。',
  interruption_leaves_none: '{{container}} 创建时未接入网络：按引擎要求，先将其与“{{network}}”断开。',
  route_moves: '默认路由将从 {{from}} 移至 {{to}}。',
  route_moves_ipv4: 'IPv4 默认路由将从 {{from}} 移至 {{to}}。',
  route_moves_ipv6: 'IPv6 默认路由将从 {{from}} 移至 {{to}}。',
  route_moves_of: '{{container}} 的默认路由将从 {{from}} 移至 {{to}}。',
  route_moves_of4: '{{container}} 的 IPv4 默认路由将从 {{from}} 移至 {{to}}。',
  route_moves_of6: '{{container}} 的 IPv6 默认路由将从 {{from}} 移至 {{to}}。',
  route_moves_chance:
    '默认路由可能经由 {{networks}} 中的任意一个：它们优先级相同，运行中的容器最后接入的网络生效，直到下次启动时重新决定。',
  route_moves_chance4:
    'IPv4 默认路由可能经由 {{networks}} 中的任意一个：它们优先级相同，运行中的容器最后接入的网络生效，直到下次启动时重新决定。',
  route_moves_chance6:
    'IPv6 默认路由可能经由 {{networks}} 中的任意一个：它们优先级相同，运行中的容器最后接入的网络生效，直到下次启动时重新决定。',
  route_moves_settles: '默认路由将只经由 {{to}}；此前由偶然决定。',
  route_moves_settles4: 'IPv4 默认路由将只经由 {{to}}；此前由偶然决定。',
  route_moves_settles6: 'IPv6 默认路由将只经由 {{to}}；此前由偶然决定。',
  route_moves_gained6: 'IPv6 默认路由将经由 {{to}}；此前没有 IPv6 默认路由。',
  route_moves_gained: '默认路由将经由 {{to}}；此前没有默认路由。',
  route_lost: '经由 {{from}} 的默认路由将消失，且没有其他网络可以承载。',
  route_lost_ipv4: '经由 {{from}} 的 IPv4 默认路由将消失，且没有其他网络可以承载。',
  route_lost_ipv6: '经由 {{from}} 的 IPv6 默认路由将消失，且没有其他网络可以承载。',
  route_lost_of: '{{container}} 经由 {{from}} 的默认路由将消失，且没有其他网络可以承载。',
  route_lost_of4: '{{container}} 经由 {{from}} 的 IPv4 默认路由将消失，且没有其他网络可以承载。',
  route_lost_of6: '{{container}} 经由 {{from}} 的 IPv6 默认路由将消失，且没有其他网络可以承载。',
  route_lost_gatewayless: '经由 {{from}} 的默认路由将消失：{{network}} 按名称排在最前，却没有网关。',
  pin_outside_range:
    '{{address}} 在 {{network}} 的自动分配范围 {{range}} 之外。如果局域网中有 DHCP 服务器，它可能会分配该地址：请选择范围顶端的地址，除非该服务器不会分配此地址。',
  pin_outside_range_full:
    '{{network}} 的自动分配范围 {{range}} 已无空闲地址，而 {{address}} 在该范围之外。如果局域网中有 DHCP 服务器，它可能会分配该地址：请将其排除在该服务器的地址池之外。',
  address_answers:
    '{{network}} 所在的局域网中已有设备应答 {{address}}（{{mac}}），而此处已知的容器和主机都没有使用该地址。请另选地址，或先找出该设备。',
  address_twice:
    '{{address}} 由 {{container}} 使用，同一局域网中 {{others}} 也在使用：谁先应答就会访问到谁。请为其中之一更换地址。',
  guard_follows: '{{container}} 受守护：此后重建时恢复的是 {{network}} 上的 {{address}}。',
  guard_follows_dropped:
    '{{container}} 受守护：{{network}} 上的 {{address}} 不再恢复；它在其他网络上固定的地址仍受守护。',
  guard_follows_asks:
    '{{container}} 受守护，守护的是 {{network}} 上的 {{address}}。此更改之后它不再有固定地址，守护会询问以哪个为准。若要保持更改后的状态，请停止守护。',
  address_reaches_host:
    '{{address}} 是连接主机 {{host}} 所用的地址。如果 {{host}} 就在 {{network}} 所在的局域网中，该地址已被占用：请另选地址，除非这是两个不同的局域网。',
  host_unlisted:
    '{{host}} 已不在引擎列表中：不会对其执行任何操作。规划会保留它，那里若有网络 {{network}}，则保持原样。',
  host_unlisted_goes:
    '{{host}} 已不在引擎列表中：不会对其执行任何操作。它只会从规划中移除；那里若有网络 {{network}}，则仍会保留。',
  lan_last_known:
    '{{hosts}} 没有应答：那里占用了 {{network}} 所在局域网的哪些地址是最后获取的数据，可能已经变化。',
  lan_last_known_late:
    '{{hosts}} 未及时应答：那里占用了 {{network}} 所在局域网的哪些地址是最后获取的数据，可能已经变化。',
  lan_last_known_unread:
    '本控制台启动以来，{{hosts}} 尚未应答：那里在 {{network}} 所在局域网中占用的地址，只知道由本控制台分配的那些。',
  pin_maybe_router: '{{network}} 未设置网关，而 {{address}} 通常是局域网路由器的地址。',
  range_used_up: '网关和排除地址占用了整个自动分配范围 {{range}}：容器只能以固定地址接入 {{network}}。',
  pin_in_auto_range:
    '{{address}} 位于 {{host}} 上引擎的自动分配范围 {{range}} 内：容器停止期间，该地址可能被分配给其他容器。',
  pin_in_auto_range_elsewhere:
    '{{address}} 位于 {{host}} 上引擎的自动分配范围 {{range}} 内。该引擎不了解其他主机，随时可能把同一地址分配给另一个容器。',
  address_automatic: '{{container}} 在 {{network}} 上的地址由引擎分配，每次启动后都可能不同。',
  address_automatic_ipv4: '{{container}} 在 {{network}} 上的 IPv4 地址由引擎分配，每次启动后都可能不同。',
  address_automatic_ipv6: '{{container}} 在 {{network}} 上的 IPv6 地址由引擎分配，每次启动后都可能不同。',
  undo_may_change_address:
    '{{container}} 在 {{network}} 上的地址（{{address}}）是自动分配的：撤销后可能得到其他地址。',
  undo_may_change_address_fixes:
    '引擎不说明 {{container}} 在 {{network}} 上的地址（{{address}}）是否固定：撤销后会作为固定地址恢复。',
  undo_may_change_address_unknown:
    '{{container}} 停止期间，引擎不说明它在 {{network}} 上的固定地址：撤销后可能得到其他地址。',
  fixed_address_unknown:
    '{{container}} 停止期间，引擎不说明它在 {{network}} 上的固定地址：此更改不会保留该地址。下次启动后它可能得到其他地址，原地址也可能分配给其他容器。',
  fixed_address_unknown_others:
    '引擎不说明已停止的容器（{{container}}）在 {{network}} 上的固定地址：此更改可能占用其中某个地址，届时相应的容器将无法启动。',
  detach_final:
    '{{container}} 运行期间无法撤销此更改：它是用网络 {{network}} 创建的，而 {{host}} 上已没有该网络，没有它就无法接入任何网络。',
  start_needs_network:
    '创建时指定的网络是 {{network}} 的容器：{{container}}。停止后，只要没有同名网络，无论接入了哪些其他网络，都无法再启动。',
  start_needs_network_by_id:
    '创建时以 ID 指定网络 {{network}} 的容器：{{container}}。停止后，即使新建同名网络，也无法再启动。',
  container_stopped: '{{container}} 未运行：引擎在其启动时才会检查并占用该地址。',
  pin_ignored_by_swarm: '{{network}} 属于 Swarm：引擎会忽略其上的固定地址 {{address}}。',
  mac_unsupported: '{{host}} 上的引擎在连接时无法设置 MAC 地址：{{mac}} 将被忽略。',
  gateway_priority_unsupported: '{{host}} 上的引擎不支持网关优先级：{{priority}} 将被忽略。',
  mac_lost:
    '{{container}} 在 {{network}} 上将失去固定的 MAC 地址 {{mac}}：{{host}} 的引擎无法在连接时设置 MAC，撤销也无法恢复。',
  mac_lost_moves: '{{container}} 的固定 MAC 地址 {{mac}} 只在 {{network}} 上有效，在 {{to}} 上会是另一个。',
  mac_changes:
    '{{container}} 在 {{network}} 上的 MAC 地址（现为 {{mac}}）会随 IP 地址一起改变：已记录它的邻居设备、DHCP 租约和过滤规则需要更新。',
  mac_changes_automatic:
    '如果引擎分配了另一个 IP 地址，{{container}} 在 {{network}} 上的 MAC 地址（现为 {{mac}}）也会改变：届时，已记录它的邻居设备、DHCP 租约和过滤规则需要更新。',
  mac_changes_drawn:
    '{{container}} 在 {{network}} 上的 MAC 地址（现为 {{mac}}）会改变：此引擎每次连接时都会生成新的 MAC 地址。已记录它的邻居设备、DHCP 租约和过滤规则需要更新。',
  undo_impossible_not_held:
    '{{container}} 停止期间无法撤销此操作：引擎不会为它保留 {{address}}，该地址可能分配给 {{other}}。如需撤销，请先启动 {{container}}。',
  undo_impossible_ipam:
    '此操作无法撤销：{{network}} 没有地址管理（驱动为“none”），这样的网络只能在 {{host}} 上用 Podman 自己的命令创建。',
  undo_impossible_twin:
    '此操作无法撤销：{{host}} 上还有另一个名为 {{network}} 的网络；它存在期间，无法再建同名的网络。',
  undo_impossible: '此操作无法撤销：{{host}} 的引擎不会给出 {{network}} 的全部设置。请先记下这些设置。',
  mac_random: '此引擎会在 {{container}} 每次启动时为其在 {{network}} 上生成新的 MAC 地址。',
  ports_unused: '发布的端口（{{ports}}）在 {{network}} 上不起作用：请通过 {{container}} 自身的地址访问。',
  interfaces_renumber: '{{container}} 下次重启后，其内部网卡的编号可能改变。',
  mode_isolates: '在 {{mode}} 模式下，同一主机上的容器无法通过 {{network}} 互通。',
  mode_passthru: 'passthru 将整个 {{parent}} 交给一个容器独占，并会改写该接口的 MAC 地址。',
  gateway_guessed:
    '未指定网关时，此引擎会将 {{address}} 作为 {{network}} 的网关并据此路由。请填写路由器的地址。',
  gateway_absent:
    '未指定网关时，{{network}} 没有默认路由，且第一个容器可能得到 {{address}}，而它可能正是路由器的地址。',
  parent_unchecked: '{{host}} 上是否有接口 {{parent}}，要到创建网络时才能得知。',
  shim_stays:
    '{{host}} 访问自身在 {{network}} 上的容器的通路会保留：链路 {{link}} 继续占用局域网上的 {{address}}。请在此之前或之后一并移除该通路。',
  shim_unkept:
    '本控制台未保持 {{host}} 上的链路 {{link}}：它可能是先前被中断的更改留下的，也可能由另一个控制台保持，后者会将其恢复。',
  shim_unkept_shared: '{{host}} 上已有用于同一地址的链路 {{link}}：可能也由另一个控制台保持。',
  shim_unkept_others: '{{host}} 上的链路 {{link}} 用于另一个地址，会保留：它可能由另一个控制台保持。',
  vlan_link_made:
    '若 VLAN {{vlan}} 的接口 {{parent}} 不存在，引擎会创建它，并在其最后一个网络删除时一并删除。',
  vlan_link_made_removed:
    '这是 {{parent}}（VLAN {{vlan}}）上的最后一个网络：若该接口由引擎创建，也将一并删除。',
  vlan_link_needed:
    '{{host}} 上的引擎不会创建 VLAN 接口：{{parent}} 须事先在主机上存在（ip link add link {{nic}} name {{parent}} type vlan id {{vlan}}）。',
  lan_unreachable: '{{host}} 上的网络无法到达局域网。',
  lan_unreachable_desktop: '{{host}} 上的引擎运行在隐藏的虚拟机中：{{network}} 只能到达该虚拟机。',
  lan_unreachable_rootless: '{{host}} 上的引擎以非 root 方式运行：{{network}} 无法到达局域网。',
  lan_unreachable_docker_bridge:
    '{{host}} 上的 {{parent}} 是 Docker 自己的网桥：{{network}} 无法到达局域网。',
  subnet_public:
    '{{subnet}} 是公网地址，在互联网上归某人所有。除非它们属于您，否则此局域网将无法访问互联网上使用这些地址的主机。',
  subnet_shared_prefix:
    '{{host}} 在该局域网上的前缀不同：{{other}}（{{network}}），与 {{subnet}} 重叠。二者共用地址，但前缀不同的容器之间可能无法互通。',
  subnet_shared: '{{host}} 上也有 {{subnet}}（{{network}}）：两者视为同一局域网。',
  reserved_held:
    '{{from}} – {{to}} 将被保留，但已有容器在使用其中的地址：{{held}}。保留不会收回这些地址，请确保不再分配给他人。',
  reserved_held_one:
    '{{from}} 将被保留，但它是容器的地址：{{held}}。保留不会收回该地址，请确保不再分配给他人。',
  auto_range_overlap:
    '自动分配范围 {{range}} 与 {{host}} 上 {{network}} 的 {{other}} 重叠：两个引擎会分配出相同的地址。',
  ranges_shared:
    '{{hosts}} 上的引擎会分配 {{subnet}} 中相同的地址，彼此互不知情：两个容器可能得到同一地址。请编辑该网段，为每台主机指定各自的自动分配范围。',
  import_left_out: '{{network}} 中的以下设置不会沿用：{{what}}。',
  import_left_out_unknown: '第 {{line}} 行：网络没有“{{key}}”这一设置，读取 {{network}} 时已略过。',
  import_left_out_option:
    '{{network}}（第 {{line}} 行）：macvlan 和 ipvlan 网络没有选项“{{option}}”。Docker 会忽略它，Podman 会拒绝它。',
  import_passed: '第 {{line}} 行：“{{command}}”不会沿用，只读取 network create。',
  import_passed_other: '第 {{line}} 行不创建网络，已略过。',
  import_passed_others: '第 {{lines}} 行不创建网络，已略过。',
  import_passed_more: '关于此文本还有 {{count}} 条说明未显示。',
  import_project:
    'Compose 会在 {{network}} 前加上项目名。请填写项目名，并在 Compose 文件中把它标为 external: true；否则 Compose 找不到它，或拒绝使用并非由它创建的网络。',
  import_project_many:
    'Compose 会在 {{networks}} 前加上项目名。请填写项目名，并在 Compose 文件中把它们标为 external: true；否则 Compose 找不到它们，或拒绝使用并非由它创建的网络。',
  range_host_bits: '自动分配范围 {{range}} 将写作 {{to}}：地址相同，且所有引擎都接受。',
  mtu_ignored: '不会发送 MTU {{mtu}}：引擎会忽略它。{{host}} 上的容器沿用 {{parent}} 的 MTU。',
  mtu_ignored_differs:
    '{{host}} 上的容器得到的 MTU 是 {{parent}} 的 {{actual}}，而不是 {{mtu}}：引擎会忽略指定的值。请在主机上设置（ip link set {{parent}} mtu {{mtu}}）。',
  parent_unfit: '{{host}} 上的 {{parent}} 不适合作为父接口。',
  parent_unfit_loopback: '{{parent}} 是回环接口，无法承载局域网。请选择网卡。',
  parent_unfit_not_ethernet: '{{parent}} 不是以太网接口，macvlan 和 ipvlan 无法使用。请选择网卡。',
  parent_unfit_bridge_port: '{{parent}} 是网桥 {{master}} 的端口，内核会拒绝。请改用 {{master}} 或其他网卡。',
  parent_unfit_bond_port: '{{parent}} 是聚合接口 {{master}} 的成员。请改用 {{master}}。',
  parent_unfit_docker_link: '{{parent}} 是 Docker 自身的接口，其后没有局域网。请选择网卡。',
  parent_unfit_docker_bridge: '{{parent}} 是 Docker 自己的网桥：通向它的容器，而不是局域网。请选择网卡。',
  parent_unfit_wireless:
    '{{parent}} 是无线网卡：接入点通常会丢弃 macvlan 的额外 MAC 地址。请改用 ipvlan l2，它只使用一个 MAC 地址。',
  parent_unfit_down:
    '{{parent}} 未启用：容器可以启动，但无法通信。请在主机上启用它（ip link set {{parent}} up）。',
  parent_unfit_no_carrier: '{{parent}} 没有载波：网线未插好，或对端未启用。',
  parent_unfit_veth: '{{parent}} 是虚拟网线（veth）：它通向哪里，无法从此处得知。',
  parent_unfit_dummy: '{{parent}} 是虚设接口，其后没有局域网，只有本机上的容器。',
  parent_unfit_tunnel: '{{parent}} 是隧道：其 MTU 更小，隧道另一端须接受额外的 MAC 地址。',
  parent_unfit_stacked: '{{parent}} 本身就建立在 {{master}} 之上。请直接使用 {{master}}。',
  parent_unfit_cloud:
    '{{host}} 是 {{cloud}} 的虚拟机：云网络只转发它自己分配的地址，因此 macvlan 到不了局域网。',
  parent_unfit_rootless:
    '{{host}} 上的引擎以非 root 方式运行，看到的是自己的网络而不是主机的：无法到达局域网。',
  parent_unfit_desktop: '{{host}} 上的引擎运行在隐藏的虚拟机中：这些接口属于该虚拟机，无法到达局域网。',
};
