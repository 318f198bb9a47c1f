import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
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
  ['electron/toolbox/toolbox.ts', 'electron/services/console.ts', 'electron-toolbox-imports-by-the-table'],
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
  ['electron/docker/client.ts', 'electron/services/console.ts', 'electron-docker-imports-by-the-table'],
  ['electron/web/server.ts', 'electron/desktop/app.ts', 'electron-web-imports-by-the-table'],
  ['renderer/graph/layout.ts', 'renderer/store/ui.ts', 'renderer-graph-imports-by-the-table'],
  ['renderer/graph/layout.ts', 'node_modules/react/index.js', 'graph-is-pure'],
  ['renderer/store/ui.ts', 'renderer/views/features.ts', 'renderer-store-imports-by-the-table'],
  ['renderer/i18n/index.ts', 'renderer/store/ui.ts', 'renderer-i18n-imports-by-the-table'],
  ['renderer/store/ui.ts', 'renderer/i18n/index.ts', 'renderer-store-imports-by-the-table'],
  ['renderer/bridge/api.ts', 'renderer/store/ui.ts', 'renderer-bridge-imports-by-the-table'],
  ['renderer/store/ui.ts', 'renderer/graph/layout.ts', 'renderer-store-imports-by-the-table'],
  [
    'renderer/components/Banner.tsx',
    'renderer/context/context.tsx',
    'renderer-components-imports-by-the-table',
  ],
  ['renderer/context/feature.ts', 'renderer/views/features.ts', 'renderer-context-imports-by-the-table'],
  [
    'renderer/views/change/AttachDialog.tsx',
    'renderer/views/segments/HostPlans.tsx',
    'views-do-not-know-each-other',
  ],
  ['renderer/views/change/feature.ts', 'renderer/views/features.ts', 'views-do-not-know-each-other'],
  [
    'renderer/views/change/AttachDialog.tsx',
    'renderer/app/Dialogs.tsx',
    'renderer-views-imports-by-the-table',
  ],
  ['electron/services/hub.ts', 'electron/door/door.ts', 'electron-services-imports-by-the-table'],
  ['electron/services/hub.ts', 'electron/compose.ts', 'electron-services-imports-by-the-table'],
  ['electron/desktop/app.ts', 'electron/docker/index.ts', 'electron-desktop-imports-by-the-table'],
  ['electron/web/server.ts', 'electron/launch/options.mjs', 'electron-web-imports-by-the-table'],
  ['electron/apply/apply.ts', 'electron/services/console.ts', 'electron-apply-imports-by-the-table'],
  ['electron/door/door.ts', 'electron/services/dispatch.ts', 'electron-door-imports-by-the-table'],
  ['electron/demo/index.ts', 'shared/model/index.ts', 'electron-demo-imports-by-the-table'],
  ['electron/launch/start.mjs', 'electron/log.ts', 'electron-launch-imports-by-the-table'],
  ['electron/docker/client.ts', 'renderer/format/index.ts', 'electron-docker-imports-by-the-table'],
  ['electron/files/plain-file.ts', 'electron/docker/index.ts', 'electron-files-imports-by-the-table'],
  ['renderer/components/Banner.tsx', 'renderer/graph/layout.ts', 'renderer-components-imports-by-the-table'],
  ['renderer/app/TopBar.tsx', 'electron/compose.ts', 'renderer-app-imports-by-the-table'],
  ['electron/docker/client.ts', 'electron/docker/testing/test-engine.ts', 'product-does-not-import-tests'],
  ['electron/docker/client.ts', 'electron/docker/fixtures/engine.ts', 'product-does-not-import-tests'],
  ['shared/rules/plan/move.ts', 'shared/rules/plan/testing.ts', 'product-does-not-import-tests'],
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
  ['electron/docker/client.test.ts', 'electron/docker/testing/test-engine.ts'],
  ['electron/docker/testing/test-engine.ts', 'electron/docker/fixtures/engine.ts'],
])('%s may import %s', (from, to) => {
  expect(forbiddenBy(from, to)).toEqual([]);
});

it('the checker itself finds them, in files that import what they may not', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'trunkline-layers-'));
  const wrong = {
    'electron/toolbox/a.ts': '../services/a',
    'shared/model/a.ts': '../rules/a',
    'shared/contract/a.ts': '../rules/a',
    'renderer/views/one/a.ts': '../two/a',
    'electron/docker/a.ts': './testing/a',
  };
  const right = [
    'electron/services/a.ts',
    'shared/rules/a.ts',
    'renderer/views/two/a.ts',
    'electron/docker/testing/a.ts',
  ];
  try {
    const files = { ...Object.fromEntries(right.map((file) => [file, ''])), ...wrong, 'tsconfig.json': '{}' };
    for (const [file, target] of Object.entries(files)) {
      await mkdir(dirname(join(dir, file)), { recursive: true });
      const text = file.endsWith('.json')
        ? target
        : `${target && `import '${target}';`}\nexport const a = 1;\n`;
      await writeFile(join(dir, file), text);
    }
    const cli = [resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs')];
    const told = await new Promise<string>((done) => {
      const config = ['--config', resolve('.dependency-cruiser.cjs'), '--output-type', 'err'];
      execFile(
        process.execPath,
        [...cli, ...config, 'electron', 'shared', 'renderer'],
        { cwd: dir },
        (_, out) => done(out),
      );
    });
    for (const [file, target] of Object.entries(wrong))
      expect(told).toContain(`${file} → ${join(dirname(file), target)}.ts`);
    expect(told).toContain('5 dependency violations (5 errors');
  } finally {
    await rm(dir, { recursive: true });
  }
});
