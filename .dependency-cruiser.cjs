/** Tests, and what only they import. */
const tests = '(\\.test\\.tsx?|(^|/)testing(\\.tsx?|/.*)|^electron/docker/fixtures/.*)$';

/** The floors of the rules, the lowest first; those of one row don't know each other. */
const floors = [
  ['basics'],
  ['inventory'],
  ['engines'],
  ['lans'],
  ['membership'],
  ['addresses'],
  ['networks'],
  ['policies', 'isolation', 'guard'],
  ['host'],
  ['plan'],
  ['segments'],
];

/** One rule a floor: what is beside it and above it is not for it. */
const ruleFloors = floors.flatMap((row, at) =>
  row.map((floor) => ({
    name: `rules-${floor}-import-downwards`,
    severity: /** @type {const} */ ('error'),
    from: { path: `^shared/rules/${floor}/`, pathNot: tests },
    to: {
      path: `^shared/rules/(index\\.ts|(${[...row.filter((other) => other !== floor), ...floors.slice(at + 1).flat()].join('|')})/)`,
    },
  })),
);

/**
 * What each folder may import of ours besides itself, row by row as the table of ARCHITECTURE.md has it. `shared` is for all
 * but those that say otherwise.
 *
 * @type {Record<string, string[]>}
 */
const rows = {
  'electron/files': ['shared/'],
  'electron/docker': ['shared/', 'electron/files/'],
  'electron/toolbox': ['shared/', 'electron/docker/'],
  'electron/services': ['shared/', 'electron/(files|docker|toolbox)/'],
  'electron/desktop': ['shared/', 'electron/(files|services)/', 'electron/window-files\\.ts'],
  'electron/web': ['shared/', 'electron/(files|services)/', 'electron/window-files\\.ts'],
  'electron/apply': [
    'shared/',
    'electron/files/',
    'electron/services/storage/(broken-text|reason-error|yaml-text)\\.ts',
  ],
  'electron/door': ['shared/'],
  // It is reached over its socket like a real one.
  'electron/demo': [],
  // It runs before anything is installed or built.
  'electron/launch': [],
  'renderer/bridge': ['shared/'],
  'renderer/graph': ['shared/'],
  'renderer/i18n': ['shared/'],
  'renderer/format': ['shared/'],
  'renderer/theme': ['shared/'],
  'renderer/store': ['shared/', 'renderer/bridge/'],
  'renderer/components': ['shared/', 'renderer/(i18n|format|theme)/'],
  'renderer/context': ['shared/', 'renderer/(store|graph|components|i18n|format|theme|bridge)/'],
  'renderer/views': ['shared/', 'renderer/(store|graph|context|components|i18n|format|theme|bridge)/'],
  'renderer/app': ['shared/', 'renderer/'],
};

const table = Object.entries(rows).map(([folder, allowed]) => ({
  name: `${folder.replace('/', '-')}-imports-by-the-table`,
  severity: /** @type {const} */ ('error'),
  from: { path: `^${folder}/`, pathNot: tests },
  to: { path: '^(shared|electron|renderer)/', pathNot: [`${folder}/`, ...allowed].map((each) => `^${each}`) },
}));

/** The layers of ARCHITECTURE.md, enforced. @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle means that two files are one.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-imports-itself-zod-and-ipaddr',
      severity: 'error',
      from: { path: '^shared/', pathNot: tests },
      to: { pathNot: ['^shared/', '^node_modules/(zod|ipaddr\\.js)/'] },
    },
    {
      name: 'texts-stand-alone',
      comment: 'The codes of errors are the keys of the texts, and the models are made of the codes.',
      severity: 'error',
      from: { path: '^shared/texts/', pathNot: tests },
      to: { path: '^shared/', pathNot: '^shared/texts/' },
    },
    {
      name: 'models-import-models-and-texts',
      severity: 'error',
      from: { path: '^shared/model/', pathNot: tests },
      to: { path: '^shared/', pathNot: '^shared/(model|texts)/' },
    },
    {
      name: 'contract-imports-models',
      severity: 'error',
      from: { path: '^shared/contract/', pathNot: tests },
      to: { path: '^shared/', pathNot: '^shared/(contract|model)/' },
    },
    {
      name: 'rules-know-no-contract',
      severity: 'error',
      from: { path: '^shared/rules/', pathNot: tests },
      to: { path: '^shared/contract/' },
    },
    ...ruleFloors,
    ...table,
    {
      name: 'renderer-is-a-browser',
      comment: 'The renderer runs sandboxed: no Electron, no Docker, no Node.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: tests },
      to: { path: ['^electron/', '^e2e/', '^node_modules/(electron|dockerode|docker-modem|ws)/'] },
    },
    {
      name: 'renderer-has-no-builtins',
      severity: 'error',
      from: { path: '^(renderer|shared)/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'dockerode-lives-in-docker',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: '^electron/docker/' },
      to: { path: '^node_modules/(@types/)?(dockerode|docker-modem)/' },
    },
    {
      name: 'electron-lives-in-desktop',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: ['^electron/desktop/', '^electron/main\\.ts$'] },
      to: { path: '^node_modules/electron/' },
    },
    {
      name: 'views-do-not-know-each-other',
      comment:
        'What two views share is in renderer/context, or in renderer/components where it knows no store.',
      severity: 'error',
      from: { path: '^renderer/views/([^/]+)/', pathNot: tests },
      to: { path: '^renderer/views/', pathNot: '^renderer/views/$1/' },
    },
    {
      name: 'graph-is-pure',
      severity: 'error',
      from: { path: '^renderer/graph/', pathNot: tests },
      to: { path: '^node_modules/(react|zustand)/' },
    },
    {
      name: 'product-does-not-import-tests',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: tests },
      to: { path: ['^e2e/', tests] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^dist|^release)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
