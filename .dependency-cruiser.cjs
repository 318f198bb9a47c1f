/** Tests, and what only they import. */
const tests = '(\\.test\\.tsx?|(^|/)testing(\\.tsx?|/.*))$';

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
    {
      name: 'toolbox-stands-on-docker',
      severity: 'error',
      from: { path: '^electron/toolbox/', pathNot: tests },
      to: { path: '^electron/(?!(toolbox|docker)/)' },
    },
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
      name: 'docker-is-the-lowest-layer',
      severity: 'error',
      from: { path: '^electron/docker/', pathNot: tests },
      to: { path: '^electron/(?!docker/)' },
    },
    {
      name: 'services-know-no-transport',
      severity: 'error',
      from: { path: '^electron/services/', pathNot: tests },
      to: { path: '^electron/(desktop|web|demo|launch|main|serve)' },
    },
    {
      name: 'demo-stands-alone',
      comment: 'The simulated engine is reached over its socket like a real one.',
      severity: 'error',
      from: { path: '^electron/demo/', pathNot: tests },
      to: { path: '^electron/(?!demo/)' },
    },
    {
      name: 'transports-do-not-know-each-other',
      severity: 'error',
      from: { path: '^electron/(desktop|web)/', pathNot: tests },
      to: { path: '^electron/(desktop|web|main|serve)', pathNot: '^electron/$1/' },
    },
    {
      name: 'the-door-knows-the-contract-alone',
      severity: 'error',
      from: { path: '^electron/door/', pathNot: tests },
      to: { path: '^electron/(?!door/)' },
    },
    {
      name: 'apply-works-by-commands',
      comment: 'What the command line applies it asks for as a window does.',
      severity: 'error',
      from: { path: '^electron/apply/', pathNot: tests },
      to: {
        path: '^electron/',
        pathNot: '^electron/(apply/|services/storage/(broken-text|reason-error|yaml-text)|docker/index)',
      },
    },
    {
      name: 'components-have-no-store',
      severity: 'error',
      from: { path: '^renderer/components/', pathNot: tests },
      to: { path: '^renderer/(store|views|bridge|context|app)/' },
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
      name: 'views-do-not-import-app',
      severity: 'error',
      from: { path: '^renderer/(views|context)/', pathNot: tests },
      to: { path: '^renderer/app/' },
    },
    {
      name: 'context-knows-no-views',
      severity: 'error',
      from: { path: '^renderer/context/', pathNot: tests },
      to: { path: '^renderer/views/' },
    },
    {
      name: 'store-and-graph-have-no-views',
      severity: 'error',
      from: { path: '^renderer/(store|graph|i18n|format|theme|bridge)/', pathNot: tests },
      to: { path: '^renderer/(views|components|context|app)/' },
    },
    {
      name: 'words-and-colours-know-no-data',
      severity: 'error',
      from: { path: '^renderer/(i18n|format|theme)/', pathNot: tests },
      to: { path: '^renderer/(store|bridge|graph)/' },
    },
    {
      name: 'data-knows-no-words',
      comment: 'What is shown of a state is worded where it is drawn, in the language of then.',
      severity: 'error',
      from: { path: '^renderer/(store|bridge|graph)/', pathNot: tests },
      to: { path: '^renderer/(i18n|format|theme)/' },
    },
    {
      name: 'the-bridge-only-reads',
      severity: 'error',
      from: { path: '^renderer/bridge/', pathNot: tests },
      to: { path: '^renderer/(store|graph)/' },
    },
    {
      name: 'stores-lay-nothing-out',
      severity: 'error',
      from: { path: '^renderer/store/', pathNot: tests },
      to: { path: '^renderer/graph/' },
    },
    {
      name: 'graph-is-pure',
      severity: 'error',
      from: { path: '^renderer/graph/', pathNot: tests },
      to: { path: ['^renderer/(store|bridge)', '^node_modules/(react|zustand)/'] },
    },
    {
      name: 'product-does-not-import-tests',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: tests },
      to: { path: '^e2e/' },
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
