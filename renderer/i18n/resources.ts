import enChange from './locales/en/change';
import enCommon from './locales/en/common';
import enEngines from './locales/en/engines';
import enErrors from './locales/en/errors';
import enHints from './locales/en/hints';
import enHost from './locales/en/host';
import enInspector from './locales/en/inspector';
import enReasons from './locales/en/reasons';
import enSegments from './locales/en/segments';
import enTable from './locales/en/table';
import enTopology from './locales/en/topology';
import zhChange from './locales/zh-CN/change';
import zhCommon from './locales/zh-CN/common';
import zhEngines from './locales/zh-CN/engines';
import zhErrors from './locales/zh-CN/errors';
import zhHints from './locales/zh-CN/hints';
import zhHost from './locales/zh-CN/host';
import zhInspector from './locales/zh-CN/inspector';
import zhReasons from './locales/zh-CN/reasons';
import zhSegments from './locales/zh-CN/segments';
import zhTable from './locales/zh-CN/table';
import zhTopology from './locales/zh-CN/topology';
import { policyWordsIn } from './policies';

export const resources = {
  en: {
    common: enCommon,
    change: { ...enChange, policies: policyWordsIn('en') },
    engines: enEngines,
    host: enHost,
    inspector: enInspector,
    segments: enSegments,
    table: enTable,
    errors: enErrors,
    hints: enHints,
    reasons: enReasons,
    topology: enTopology,
  },
  'zh-CN': {
    common: zhCommon,
    change: { ...zhChange, policies: policyWordsIn('zh-CN') },
    engines: zhEngines,
    host: zhHost,
    inspector: zhInspector,
    segments: zhSegments,
    table: zhTable,
    errors: zhErrors,
    hints: zhHints,
    reasons: zhReasons,
    topology: zhTopology,
  },
} as const;

export type Language = keyof typeof resources;
export const languages = Object.keys(resources) as Language[];
export const namespaces = Object.keys(resources.en) as (keyof (typeof resources)['en'])[];
