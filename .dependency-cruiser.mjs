/** Who may import whom. Folders are capabilities; the roots wire them together. */
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
};
/** Entry points: they alone read the config and know concrete adapters. */
const ROOTS =
  '^(src/server\\.ts|workers/(life-clarity|blueprint|personal-horoscope|bundle|start-worker|watchdog-thread)\\.ts|cli/)';

const folderRules = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `src/${folder} may import ${allowed.join(', ') || 'nothing of src'}`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: {
    path: '^(src|workers|sandbox|cli|test|bench)/',
    pathNot: `^src/(${[folder, ...allowed].join('|')})/`,
  },
}));

export default {
  forbidden: [
    ...folderRules,
    { name: 'no circular imports', severity: 'error', from: {}, to: { circular: true } },
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
      to: {
        path: '^(src|workers|sandbox|cli|test|bench)/',
        pathNot: '^src/(http|domain|telemetry)/',
      },
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
      to: { path: '^src/', pathNot: '^src/(orders|domain|telemetry)/' },
    },
    {
      name: 'src never imports workers, cli or the sandbox',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(workers|cli|sandbox|test|bench)/' },
    },
    {
      name: 'the sandbox imports nothing of ours',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(src|workers|cli|test|bench)/' },
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
