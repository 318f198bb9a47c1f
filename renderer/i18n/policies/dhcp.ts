import { hostStepTexts } from '../../../shared/rules';
import type { PolicyWords } from './words';

const steps = hostStepTexts.dhcp;

export const dhcpWords = {
  en: {
    put: {
      title: 'Lease the address of {{container}} on {{network}} from the LAN’s DHCP server',
      button: 'Lease it',
      step: steps.put,
    },
    remove: {
      title: 'End the lease of {{container}} on {{network}}',
      button: 'End it',
      step: steps.remove,
    },
  },
  'zh-CN': {
    put: {
      title: '让 {{container}} 在 {{network}} 上的地址由局域网的 DHCP 服务器分配',
      button: '开始租用',
      step: '在 {{container}} 旁启动辅助容器 {{name}}，以 MAC {{mac}} 和名称 {{hostName}} 向局域网的 DHCP 服务器请求地址',
    },
    remove: {
      title: '结束 {{container}} 在 {{network}} 上的租约',
      button: '结束',
      step: '归还租约，删除辅助容器 {{name}}，并为 {{container}} 恢复引擎分配的地址',
    },
  },
} as const satisfies PolicyWords;
