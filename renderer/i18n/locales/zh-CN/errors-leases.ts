/** 租用地址：与 shared/texts/leases 中的英文逐条对应。 */
export const leaseProblems: Readonly<Record<string, string>> = {
  lease_impossible: '{{container}} 无法在 {{network}} 上租用地址：这需要 macvlan 网络。',
  lease_impossible_podman: '{{host}} 运行的是 Podman，此控制台不会在那里的容器旁启动辅助容器。',
  lease_impossible_swarm: '{{network}} 属于 Swarm 集群，那里的地址由集群自行分配。',
  lease_impossible_passthru:
    '{{network}} 为 passthru 模式：{{container}} 租用地址所用的 MAC 会成为主机网卡的 MAC。',
  lease_impossible_no_ipv4: '{{network}} 没有 IPv4 子网，无法据此找到 {{container}} 的链路。',
  nothing_to_do_no_lease: '{{container}} 在 {{network}} 上的地址并非由此控制台租用，没有可结束的租约。',
};

export const leaseNoticeWords: Readonly<Record<string, string>> = {
  lease_helper:
    '租用期间，{{container}} 旁会一直有一个辅助容器。它共用该容器的网络，能看到 {{host}} 的进程，并拥有 NET_ADMIN 和 NET_RAW 权限。引擎会随 {{container}} 重新启动它，控制台关闭时也是如此；{{host}} 重启后，可能需要由本控制台重新启动它。',
  lease_mac:
    '{{container}} 在 {{network}} 上的链路将使用 MAC {{mac}}，重启和重新创建后保持不变：服务器据此识别它。如需始终得到同一地址，请在服务器上为该 MAC 保留地址。',
  lease_paper:
    'Docker 仍会为 {{container}} 显示 {{address}}，其名称服务也会以此应答，但没有容器真正使用该地址。{{container}} 请求租约时即放弃它，在服务器应答之前没有 IPv4 地址。',
  lease_paper_none:
    'Docker 会为 {{container}} 显示 {{network}} 的一个地址，其名称服务也会以此应答，但没有容器真正使用该地址。{{container}} 请求租约时即放弃它，在服务器应答之前没有 IPv4 地址。',
  lease_later: '{{container}} 未在运行：它启动时才会在旁边启动辅助容器。',
  lease_ends: '租约会归还给服务器，{{container}} 恢复引擎分配的地址和 MAC。到租用地址的连接会中断。',
};

export const leaseHints: Readonly<Record<string, string>> = {
  lease_impossible: '请将其接入该局域网的 macvlan 网络，在那里租用。',
  lease_impossible_podman:
    'Podman 可在以“--ipam-driver dhcp”创建的 macvlan 网络上自行租用地址，但其 DHCP 代理须在运行。',
  lease_impossible_swarm: '请使用仅属于 {{host}} 的 macvlan 网络。',
  lease_impossible_passthru: '请使用 bridge 模式的 macvlan 网络。',
  lease_impossible_no_ipv4: '请使用有 IPv4 子网的 macvlan 网络。',
};
