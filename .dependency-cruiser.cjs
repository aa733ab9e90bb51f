/**
 * The import rule of ARCHITECTURE.md: a room may import from the rooms named beside it, and from nowhere else.
 * Type imports count too. What any room may import: errors, near-miss, validators, version, visible.
 */
const ROOMS = {
  library: [
    'report',
    'export',
    'gates',
    'evaluation',
    'verification',
    'comparison',
    'model',
    'fit',
    'options',
    'csv',
    'output',
    'runtime',
  ],
  cli: [
    'report',
    'export',
    'gates',
    'evaluation',
    'verification',
    'comparison',
    'model',
    'fit',
    'options',
    'csv',
    'output',
    'runtime',
  ],
  report: ['gates', 'evaluation', 'verification', 'comparison', 'model', 'fit', 'options'],
  export: ['verification', 'model', 'csv'],
  gates: ['evaluation', 'comparison', 'fit'],
  evaluation: ['model', 'fit', 'metrics', 'families', 'features', 'csv'],
  verification: ['model', 'fit', 'setup', 'features', 'options', 'csv'],
  comparison: ['model', 'fit'],
  model: ['fit', 'setup', 'penalties', 'families', 'features', 'options', 'csv', 'runtime'],
  fit: [
    'cross-validation',
    'metrics',
    'setup',
    'path',
    'certificate',
    'degrees-of-freedom',
    'solvers',
    'problem',
    'families',
    'options',
    'csv',
    'linalg',
    'runtime',
  ],
  'cross-validation': [
    'metrics',
    'setup',
    'path',
    'solvers',
    'problem',
    'penalties',
    'families',
    'features',
    'options',
    'csv',
    'design',
    'linalg',
    'runtime',
  ],
  metrics: ['certificate', 'solvers', 'problem', 'families', 'features', 'design', 'linalg', 'runtime'],
  setup: [
    'solvers',
    'problem',
    'penalties',
    'families',
    'features',
    'options',
    'csv',
    'design',
    'linalg',
    'runtime',
  ],
  path: ['certificate', 'solvers', 'problem', 'penalties', 'families', 'linalg'],
  certificate: ['problem', 'penalties', 'design', 'linalg', 'runtime'],
  'degrees-of-freedom': ['solvers', 'problem', 'penalties', 'design', 'linalg'],
  solvers: ['problem', 'penalties', 'design', 'linalg', 'runtime'],
  problem: ['penalties', 'families', 'design', 'linalg', 'runtime'],
  penalties: ['linalg'],
  families: [],
  features: ['options', 'csv', 'design', 'linalg', 'runtime'],
  options: ['families'],
  csv: ['runtime'],
  output: [],
  design: ['linalg', 'runtime'],
  linalg: ['runtime'],
  runtime: [],
};

const FREE = '^src/(errors|near-miss|validators|version|visible|words)\\.ts$';

/** Packages with the one room that may import them. */
const PACKAGES = {
  'csv-parse': 'csv',
  yargs: 'cli',
  chalk: 'report',
  'cli-table3': 'report',
  'pure-rand': 'features',
};

const roomRules = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `room-${room}`,
  comment: `src/${room} may import only: ${allowed.join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: {
    path: '^src/',
    pathNot: [FREE, ...[room, ...allowed].map((name) => `^src/${name}(/|\\.ts$)`)],
  },
}));

/** The folders of `src/csv`, from bytes to text again: each imports from those before it, and never from one behind. */
const CSV_FOLDERS = ['bytes', 'dialect', 'records', 'columns', 'compiled', 'stream'];

const csvRules = CSV_FOLDERS.map((folder, k) => ({
  name: `csv-${folder}`,
  comment: `src/csv/${folder} may import of src/csv only: ${CSV_FOLDERS.slice(0, k).join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: `^src/csv/${folder}/` },
  to: { path: '^src/csv/', pathNot: CSV_FOLDERS.slice(0, k + 1).map((name) => `^src/csv/${name}/`) },
}));

const packageRules = Object.entries(PACKAGES).map(([name, room]) => ({
  name: `package-${name}`,
  comment: `${name} is imported in src/${room} and nowhere else`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/${room}/` },
  to: { path: `(^|/)node_modules/(@types/)?${name}/` },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    ...csvRules,
    ...packageRules,
    {
      name: 'no-circular',
      comment: 'nothing walks back',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'free-modules-stand-alone',
      comment: 'what every room may import must not pull a room in',
      severity: 'error',
      from: { path: FREE },
      to: { path: '^src/', pathNot: FREE },
    },
    {
      name: 'index-is-not-imported',
      comment: 'index.ts is the surface for users; inside, import the file that is meant',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/index\\.ts$' },
    },
    {
      name: 'known-rooms-only',
      comment: 'a new folder needs a line in this file and in ARCHITECTURE.md',
      severity: 'error',
      from: { path: '^src/', pathNot: [`^src/(${Object.keys(ROOMS).join('|')})/`, '^src/[^/]+\\.ts$'] },
      to: {},
    },
    {
      name: 'only-what-is-installed',
      comment: 'an import that does not resolve, or a package that users do not get',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'unknown', 'undetermined'],
        pathNot: '(^|/)node_modules/@types/',
      },
    },
  ],
  options: {
    // AssemblyScript: compiled by its own compiler, imported by nothing.
    exclude: { path: '^src/assembly/' },
    doNotFollow: { path: '(^|/)node_modules/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
