import { hostStepTexts } from '../../../shared/rules';
import type { PolicyWords } from './words';

const steps = hostStepTexts.shim;

export const shimWords = {
  en: {
    put: {
      title: 'Let {{host}} reach its containers on {{network}}',
      button: 'Make it',
      step: steps.put,
    },
    remove: {
      title: 'Remove the way from {{host}} to its containers on {{network}}',
      button: 'Remove',
      step: steps.remove,
      // One that is half made has no address yet.
      step_bare: steps.remove_bare,
    },
  },
  'zh-CN': {
    put: {
      title: '让 {{host}} 访问 {{network}} 上自己的容器',
      button: '创建',
      step: '在 {{parent}} 上创建链路 {{name}}，地址为 {{address}}',
    },
    remove: {
      title: '删除 {{host}} 到 {{network}} 上自己容器的通路',
      button: '删除',
      step: '删除链路 {{name}}（地址 {{address}}）',
      // One that is half made has no address yet.
      step_bare: '删除链路 {{name}}（没有地址）',
    },
  },
} as const satisfies PolicyWords;
