// The arrows point down only: apps → view → reminder, rollup → ledger → the aggregates → the ground.
const ground = '(event-store|queue|access|actor|calendar|platform|policy)';
const aggregates = '(unit|plan|task|indicator|round|evidence|bulletin|holiday)';
const reports = '(reminder|rollup)';
const belowViews = `(${ground}|${aggregates}|${reports}|ledger)`;

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-app-from-a-library',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-are-apart',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'through-index',
      severity: 'error',
      from: { path: '^(apps|libs)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/$2/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'ground-knows-no-feature',
      severity: 'error',
      from: { path: `^libs/${ground}/` },
      to: { path: `^libs/(?!${ground}/)` },
    },
    {
      name: 'event-store-stands-alone',
      severity: 'error',
      from: { path: '^libs/event-store/' },
      to: { path: '^libs/(?!event-store/)' },
    },
    {
      name: 'calendar-stands-alone',
      severity: 'error',
      from: { path: '^libs/calendar/' },
      to: { path: '^libs/(?!calendar/)' },
    },
    {
      name: 'aggregates-do-not-know-each-other',
      severity: 'error',
      from: { path: `^libs/${aggregates}/` },
      to: { path: `^libs/(?!${ground}/)`, pathNot: '^libs/$1/' },
    },
    {
      name: 'ledger-stands-on-the-aggregates',
      severity: 'error',
      from: { path: '^libs/ledger/' },
      to: { path: `^libs/${reports}/` },
    },
    {
      name: 'reports-are-apart',
      severity: 'error',
      from: { path: `^libs/${reports}/` },
      to: { path: `^libs/${reports}/`, pathNot: '^libs/$1/' },
    },
    {
      name: 'views-stand-on-everything-below',
      severity: 'error',
      from: { path: '^libs/view/' },
      to: { path: `^libs/(?!${belowViews}/)`, pathNot: '^libs/view/' },
    },
    {
      name: 'nothing-below-knows-views',
      severity: 'error',
      from: { path: `^libs/${belowViews}/` },
      to: { path: '^libs/view/' },
    },
    {
      name: 'rules-are-pure',
      comment:
        'A rules file imports types, Rejection and its own folder: no Nest, TypeORM, clock or input and output.',
      severity: 'error',
      from: {
        path: '^libs/(unit|plan|task|indicator|round|bulletin|holiday|ledger|policy)/src/[a-z-]+\\.ts$',
        pathNot: '(service|module|reader|index|spec)\\.ts$',
      },
      to: { path: '(@nestjs|typeorm|/pg/|bullmq|ioredis|^node:)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'rules-of-evidence-are-pure',
      comment: 'Beside its rules, the library of evidence keeps files; the rules know nothing of that.',
      severity: 'error',
      from: { path: '^libs/evidence/src/(evidence|evidence-model|file-kinds|file-name)\\.ts$' },
      to: { path: '^(node:|libs/evidence/src/.*storage)', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.spec\\.ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
