/**
 * The architecture as one table: each room lists the rooms of its own package that it may import.
 * A room missing from a row is forbidden; type-only imports count too. A new folder starts with its row.
 * Changing a row is a design decision: say why in the commit or in docs/decisions.
 */
const MAY_IMPORT = {
  core: {
    num: [],
    units: [],
    random: ['num'],
    vec: ['num'],
    mesh: ['vec', 'num'],
    head: ['mesh', 'vec', 'units', 'num'],
    scan: ['head', 'mesh', 'vec', 'units', 'num'],
    scalp: ['head', 'mesh', 'vec', 'random', 'units', 'num'],
    dots: ['scalp', 'head', 'mesh', 'vec', 'random', 'units', 'num'],
    pigment: ['units', 'num'],
    card: ['vision', 'pigment', 'units', 'num'],
    vision: ['head', 'mesh', 'vec', 'pigment', 'units', 'num'],
    render: ['vision', 'dots', 'scalp', 'pigment', 'forecast', 'head', 'mesh', 'vec', 'random', 'units', 'num'],
    calendar: ['units'],
    course: ['calendar', 'units'],
    screening: ['calendar', 'units'],
    aftercare: ['calendar', 'course', 'units'],
    quote: ['calendar', 'units'],
    forecast: ['pigment', 'units', 'num'],
    plan: [
      'scan',
      'vision',
      'card',
      'render',
      'scalp',
      'dots',
      'pigment',
      'forecast',
      'aftercare',
      'course',
      'calendar',
      'quote',
      'head',
      'mesh',
      'vec',
      'random',
      'units',
      'num',
    ],
  },
  files: {
    contract: [],
    wire: ['contract', 'documents'],
    imports: ['contract'],
    models: [],
    photo: ['contract'],
    documents: ['contract', 'photo'],
    scan: ['contract'],
    exports: ['contract', 'documents', 'photo'],
    calendar: ['exports'],
  },
  web: {
    workers: [],
    editor: ['workers', 'api'],
    api: [],
    studio: ['api'],
  },
  server: {
    imaging: [],
    setup: ['imaging'],
    storage: [],
    jobs: ['storage'],
    request: ['storage'],
    accounts: ['request', 'storage', 'jobs'],
    settings: ['request', 'storage'],
    clients: ['request', 'storage', 'imaging', 'jobs'],
    plans: ['request', 'storage'],
    courses: ['request', 'storage', 'settings', 'clients'],
    demo: ['request', 'storage', 'settings', 'clients', 'plans', 'courses', 'accounts'],
    cli: ['imaging', 'setup', 'storage', 'jobs'],
    http: [
      'demo',
      'courses',
      'plans',
      'clients',
      'settings',
      'accounts',
      'request',
      'jobs',
      'storage',
      'imaging',
      'setup',
    ],
  },
};

const TEST = '[.](test|bench)[.]tsx?$|/(fixtures|testing)/';
const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const roomRules = Object.entries(MAY_IMPORT).flatMap(([pkg, rooms]) =>
  Object.entries(rooms).map(([room, allowed]) =>
    error(
      `${pkg}/${room}`,
      `${room} may import only: ${allowed.join(', ') || 'nothing in this package'}.`,
      { path: `^packages/${pkg}/src/${room}/`, pathNot: TEST },
      { path: `^packages/${pkg}/src/`, pathNot: `^packages/${pkg}/src/(${[room, ...allowed].join('|')})/` },
    ),
  ),
);

const unlistedRoomRules = Object.entries(MAY_IMPORT).map(([pkg, rooms]) =>
  error(
    `${pkg}/unlisted-room`,
    'Give the new folder a row in MAY_IMPORT first.',
    { path: '^packages/' },
    { path: `^packages/${pkg}/src/[^/]+/`, pathNot: `^packages/${pkg}/src/(${Object.keys(rooms).join('|')})/` },
  ),
);

module.exports = {
  forbidden: [
    ...roomRules,
    ...unlistedRoomRules,
    error(
      'core-is-pure',
      'core imports nothing outside itself: no npm, no Node, no browser.',
      { path: '^packages/core/', pathNot: TEST },
      { pathNot: '^packages/core/' },
    ),
    error(
      'files-stay-below-the-shells',
      'files is used by web and server and knows neither.',
      { path: '^packages/files/', pathNot: TEST },
      { path: '^packages/(web|server)/' },
    ),
    error(
      'files-is-isomorphic',
      'files runs in the browser too: no Node modules.',
      { path: '^packages/files/', pathNot: TEST },
      { dependencyTypes: ['core'] },
    ),
    error(
      'web-and-server-are-strangers',
      'They meet only through packages/files and packages/core.',
      { path: '^packages/(web|server)/' },
      { path: '^packages/(web|server)/', pathNot: '^packages/$1/' },
    ),
    error(
      'no-test-code-in-product',
      'Tests, benches, fixtures and drivers stay out of the product.',
      { path: '^packages/', pathNot: TEST },
      { path: `^packages/.*(${TEST})` },
    ),
    error('no-circular', 'Two files that need each other are one file, or need a third.', {}, { circular: true }),
    error(
      'no-undeclared-packages',
      'Declare it in that workspace, not only at the root.',
      { path: '^packages/', pathNot: TEST },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.]tsc/|^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    combinedDependencies: false,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default', 'types'] },
  },
};
