import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const onPath = name =>
  (process.env.PATH ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const project = (displayName, testMatch, more = {}) => ({
  displayName,
  rootDir: join(import.meta.dirname, '..', '..'),
  testEnvironment: 'node',
  testMatch,
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: {
    '^@duban/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.duban/'],
  setupFiles: ['<rootDir>/test/support/reflect.js'],
  ...more,
});

const ts = suffix => [`<rootDir>/{apps,libs,test,bench}/**/*${suffix}.spec.ts`];
// Jest runs a project's set-up only when one of its specs is about to run: pure specs start no server.
const servers = {
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
};
const plain = { testPathIgnorePatterns: ['/node_modules/', '\\.(int|queue|e2e|page)\\.spec\\.ts$'] };

export const hasRedis = Boolean(process.env.REDIS_URL) || onPath('redis-server');
export const hasChromium = onPath('chromium');

// unit: pure. int: a real Postgres. queue: the same suite on both queue backends. e2e: the built product. page: a browser.
export const projects = [
  project('unit', ts(''), plain),
  project('int', ts('.int'), servers),
  project('queue-postgres', ts('.queue'), { ...servers, globals: { QUEUE_BACKEND: 'postgres' } }),
  ...(hasRedis
    ? [project('queue-redis', ts('.queue'), { ...servers, globals: { QUEUE_BACKEND: 'redis' } })]
    : []),
  project('e2e', ts('.e2e'), servers),
  ...(hasChromium ? [project('page', ts('.page'), servers)] : []),
];
