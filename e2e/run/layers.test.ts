import { createRequire } from 'node:module';
import { expect, it } from 'vitest';

interface Side {
  path?: string | string[];
  pathNot?: string | string[];
}
interface Rule {
  name: string;
  from: Side;
  to: Side;
}

const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  forbidden: Rule[];
};

const some = (patterns: string | string[] | undefined, text: string, groups: readonly string[] = []) =>
  [patterns ?? []]
    .flat()
    .some((one) =>
      new RegExp(one.replace(/\$(\d)/g, (_all, at: string) => groups[Number(at)] ?? '')).test(text),
    );

/** The names of the rules by paths that forbid one file to import another. */
function forbiddenBy(from: string, to: string): string[] {
  return forbidden
    .filter(({ from: here, to: there }) => {
      if (!here.path || !(there.path ?? there.pathNot)) return false;
      if (!some(here.path, from) || some(here.pathNot, from)) return false;
      const groups = [...(new RegExp([here.path].flat()[0] ?? '').exec(from) ?? [])];
      return (!there.path || some(there.path, to, groups)) && !some(there.pathNot, to, groups);
    })
    .map(({ name }) => name);
}

it.each([
  ['electron/toolbox/toolbox.ts', 'electron/services/console.ts', 'toolbox-stands-on-docker'],
  ['shared/texts/messages.ts', 'shared/model/index.ts', 'texts-stand-alone'],
  ['shared/model/change.ts', 'shared/rules/index.ts', 'models-import-models-and-texts'],
  ['shared/contract/openapi.ts', 'shared/rules/index.ts', 'contract-imports-models'],
  ['shared/rules/basics/cidr.ts', 'shared/contract/index.ts', 'rules-know-no-contract'],
  ['shared/rules/basics/cidr.ts', 'shared/rules/segments/plan.ts', 'rules-basics-import-downwards'],
  ['shared/rules/lans/lan.ts', 'shared/rules/index.ts', 'rules-lans-import-downwards'],
  [
    'shared/rules/addresses/suggest.ts',
    'shared/rules/networks/spec-subnet.ts',
    'rules-addresses-import-downwards',
  ],
  ['shared/rules/policies/shim.ts', 'shared/rules/isolation/judge.ts', 'rules-policies-import-downwards'],
  ['shared/rules/host/check-host.ts', 'shared/rules/plan/plan.ts', 'rules-host-import-downwards'],
  ['electron/docker/client.ts', 'electron/services/console.ts', 'docker-is-the-lowest-layer'],
  ['electron/web/server.ts', 'electron/desktop/app.ts', 'transports-do-not-know-each-other'],
  ['renderer/graph/layout.ts', 'renderer/store/ui.ts', 'graph-is-pure'],
  ['renderer/store/ui.ts', 'renderer/views/features.ts', 'store-and-graph-have-no-views'],
  ['renderer/i18n/index.ts', 'renderer/store/ui.ts', 'words-and-colours-know-no-data'],
  ['renderer/store/ui.ts', 'renderer/i18n/index.ts', 'data-knows-no-words'],
  ['renderer/bridge/api.ts', 'renderer/store/ui.ts', 'the-bridge-only-reads'],
  ['renderer/store/ui.ts', 'renderer/graph/layout.ts', 'stores-lay-nothing-out'],
  ['renderer/components/Banner.tsx', 'renderer/context/context.tsx', 'components-have-no-store'],
  ['renderer/context/feature.ts', 'renderer/views/features.ts', 'context-knows-no-views'],
  [
    'renderer/views/change/AttachDialog.tsx',
    'renderer/views/segments/HostPlans.tsx',
    'views-do-not-know-each-other',
  ],
  ['renderer/views/change/feature.ts', 'renderer/views/features.ts', 'views-do-not-know-each-other'],
  ['renderer/views/change/AttachDialog.tsx', 'renderer/app/Dialogs.tsx', 'views-do-not-import-app'],
])('%s may not import %s', (from, to, rule) => {
  expect(forbiddenBy(from, to)).toContain(rule);
});

it.each([
  ['electron/toolbox/toolbox.ts', 'electron/docker/index.ts'],
  ['shared/rules/basics/cidr.ts', 'shared/model/index.ts'],
  ['shared/rules/segments/plan.ts', 'shared/rules/plan/result.ts'],
  ['shared/model/errors.ts', 'shared/texts/shapes.ts'],
  ['electron/services/console.ts', 'electron/toolbox/index.ts'],
  ['renderer/views/features.ts', 'renderer/views/change/feature.ts'],
  ['renderer/views/change/AttachDialog.tsx', 'renderer/views/change/AttachList.tsx'],
  ['renderer/views/change/AttachDialog.tsx', 'renderer/context/context.tsx'],
])('%s may import %s', (from, to) => {
  expect(forbiddenBy(from, to)).toEqual([]);
});
