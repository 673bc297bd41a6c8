/** Who may import whom. Folders are capabilities, and the larger ones have rooms; the roots wire them together. */
const CAPABILITIES = [
  'payment',
  'queue',
  'pipeline',
  'llm',
  'store',
  'pdf',
  'delivery',
  'astrology',
  'products',
];
const MAY_IMPORT = {
  domain: [],
  telemetry: ['domain'],
  orders: ['domain', 'telemetry'],
  http: ['orders', 'domain', 'telemetry'],
  ...Object.fromEntries(CAPABILITIES.map((name) => [name, ['domain', 'telemetry']])),
  products: ['domain', 'astrology', 'telemetry'],
  store: ['domain', 'telemetry', 'disk'],
  pdf: ['domain', 'telemetry', 'disk'],
  disk: [],
};
/** Rooms, and which of their neighbours they may enter; the files of the hall (the folder itself) are open to all. */
const ROOMS = {
  orders: {
    checkout: [],
    letters: [],
    money: ['letters'],
    customers: ['money', 'letters'],
    operators: ['money', 'letters'],
    watch: ['letters', 'operators'],
  },
  http: {
    pages: [],
    checkout: [],
    customers: ['pages'],
    operators: ['pages'],
    service: [],
  },
  pdf: {
    type: [],
    file: ['type'],
    layout: ['type', 'file'],
    process: ['file'],
  },
  llm: { limits: [], answers: [], models: [] },
};
/** Folders of this repository that are not the product: nothing of the product imports them. */
const AROUND = 'sandbox|cli|test|bench|chaos|simulation|scripts';
const ANYTHING_OF_OURS = `^(src|workers|${AROUND})/`;
/** Entry points: they alone read the config and know concrete adapters. */
const ROOTS =
  '^(src/(server|open-house|open-orders)\\.ts|workers/(life-clarity|blueprint|personal-horoscope|bundle|start-worker|watchdog-thread)\\.ts|cli/)';

const folderRules = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `src/${folder} may import ${allowed.join(', ') || 'nothing of src'}`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: ANYTHING_OF_OURS, pathNot: `^src/(${[folder, ...allowed].join('|')})/` },
}));

const roomRules = Object.entries(ROOMS).flatMap(([folder, rooms]) =>
  Object.entries(rooms).map(([room, allowed]) => ({
    name: `src/${folder}/${room} may enter ${allowed.join(', ') || 'the hall only'}`,
    severity: 'error',
    from: { path: `^src/${folder}/${room}/` },
    to: {
      path: `^src/${folder}/[^/]+/`,
      pathNot: `^src/${folder}/(${[room, ...allowed].join('|')})/`,
    },
  })),
);

export default {
  forbidden: [
    ...folderRules,
    ...roomRules,
    { name: 'no circular imports', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'a room has its rules',
      severity: 'error',
      from: { path: `^src/(${Object.keys(ROOMS).join('|')})/[^/]+/`, pathNot: roomPaths() },
      to: {},
    },
    {
      name: 'domain imports zod only',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { dependencyTypes: ['npm'], pathNot: 'node_modules/zod/' },
    },
    {
      name: 'src/app.ts imports http and below',
      severity: 'error',
      from: { path: '^src/app\\.ts$' },
      to: { path: ANYTHING_OF_OURS, pathNot: '^src/(http|domain|telemetry)/' },
    },
    {
      name: 'only roots import config',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: ROOTS },
      to: { path: '^src/config\\.ts$' },
    },
    {
      name: 'workers import orders and domain, unless they are roots',
      severity: 'error',
      from: { path: '^workers/', pathNot: ROOTS },
      to: { path: '^src/', pathNot: '^src/(orders|domain|telemetry|disk)/' },
    },
    {
      name: 'the product never imports what is around it',
      severity: 'error',
      from: { path: '^(src|workers)/' },
      to: { path: `^(${AROUND})/` },
    },
    {
      name: 'src never imports workers',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^workers/' },
    },
    {
      name: 'the sandbox imports nothing of ours',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: ANYTHING_OF_OURS, pathNot: '^sandbox/' },
    },
    {
      name: 'the simulation reaches no network and no process: it plays them',
      severity: 'error',
      from: { path: '^simulation/' },
      to: {
        path: '^(src/(server|config|queue|payment|delivery|llm|pdf)|sandbox|cli|bench|chaos|test)',
        pathNot: '^sandbox/wire/random\\.ts$',
      },
    },
    {
      name: 'chaos and bench are not imported by anything but each other and tests',
      severity: 'error',
      from: { path: ANYTHING_OF_OURS, pathNot: '^(chaos|bench|test)/' },
      to: { path: '^(chaos|bench)/' },
    },
    {
      name: 'the API process never loads openai or pdfkit',
      severity: 'error',
      from: { path: '^src/server\\.ts$' },
      to: { path: 'node_modules/(openai|@openai|pdfkit)/', reachable: true },
    },
  ],
  options: {
    parser: 'swc', // TypeScript 7 has no parser API yet
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'default'],
    },
  },
};

function roomPaths() {
  return Object.entries(ROOMS).map(
    ([folder, rooms]) => `^src/${folder}/(${Object.keys(rooms).join('|')})/`,
  );
}
