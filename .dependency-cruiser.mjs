/** Production code: tests and their helpers may reach everywhere. */
const NOT_CODE = '(\\.test\\.ts|(^|/)testing(\\.ts|/.*))$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A circle of modules can only be understood as a whole. Types alone may refer to each other.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'pricing-is-pure',
      comment: 'The rules of money know no database, network, clock or module of the service.',
      severity: 'error',
      from: { path: '^server/pricing/', pathNot: NOT_CODE },
      to: { pathNot: '^(server/pricing/|hooks/prices/|node_modules/zod/)', dependencyTypesNot: ['core'] },
    },
    {
      name: 'prices-are-pure',
      comment: 'Look-up, sum and guard are written once more in PHP: they must not lean on anything of Node.',
      severity: 'error',
      from: { path: '^hooks/prices/', pathNot: NOT_CODE },
      to: { pathNot: '^hooks/(prices|contract)/' },
    },
    {
      name: 'no-node-in-pricing',
      comment: 'Only the digest needs Node, for SHA-256.',
      severity: 'error',
      from: { path: '^(server/pricing|hooks/prices)/', pathNot: [NOT_CODE, '^server/pricing/digest\\.ts$'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'contract-stands-alone',
      comment: 'The contract is what both sides share: schemas and nothing else. Only the content hash needs SHA-256.',
      severity: 'error',
      from: { path: '^hooks/contract/', pathNot: [NOT_CODE, '^hooks/contract/content-hash\\.ts$'] },
      to: { pathNot: '^(hooks/contract/|node_modules/zod/)' },
    },
    {
      name: 'bridge-kit-without-server',
      comment: 'A bridge runs inside the host, where the service is not.',
      severity: 'error',
      from: { path: '^hooks/(bridge|transport|prices|contract|hosts|conformance)/', pathNot: NOT_CODE },
      // Types of the price formats may be named: nothing of them is left at run time.
      to: { path: '^(server|ui|scripts|test)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'hosts-use-the-kit',
      comment: 'A host holds mapping, signing and storage; it knows the kit and itself, no other host.',
      severity: 'error',
      from: { path: '^hooks/hosts/([^/]+)/', pathNot: NOT_CODE },
      to: { path: '^hooks/', pathNot: '^hooks/(contract|transport|bridge|prices|frame|hosts/$1)/' },
    },
    {
      name: 'transports-know-no-entity',
      comment: 'Transports parse, call a verb and map its refusal. Tables are the business of modules.',
      severity: 'error',
      from: { path: '^(server/(http|trpc|cli)|hooks/lifecycle|ui)/', pathNot: NOT_CODE },
      to: { path: '/entity\\.ts$' },
    },
    {
      name: 'lifecycle-calls-modules',
      comment: 'What happens at a moment of the lifecycle is said in verbs and functions of modules.',
      severity: 'error',
      from: { path: '^hooks/lifecycle/', pathNot: NOT_CODE },
      to: { pathNot: '^(hooks/(lifecycle|contract)/|server/modules/|server/context\\.ts$)' },
    },
    {
      name: 'client-stands-alone',
      comment: 'It runs in programs of others: nothing of the service may come with it.',
      severity: 'error',
      from: { path: '^client/', pathNot: NOT_CODE },
      to: { pathNot: '^client/' },
    },
    {
      name: 'ui-takes-types-only',
      comment: 'What a screen imports from the service would end in the browser.',
      severity: 'error',
      from: { path: '^ui/', pathNot: NOT_CODE },
      to: { path: '^server/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'verbs-know-no-transport',
      comment: 'A verb does not know who called it.',
      severity: 'error',
      from: { path: '^server/(modules|pricing|platform)/', pathNot: NOT_CODE },
      to: { path: '^(server/(http|trpc|cli|plugin)/|node_modules/(hono|@hono|@trpc)/)' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(server|hooks|ui/src|scripts)/', pathNot: NOT_CODE },
      to: { path: '\\.test\\.ts$|^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.svelte-kit|\\.data)/|^bench/peers/|^ui/node_modules/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.json'],
    },
  },
};
