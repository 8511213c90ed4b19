import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { SlowFirst } from './test/helpers/slow-first.ts';

export default defineConfig({
  resolve: {
    // type-graphql and the tools around it must share one copy of graphql: its ES and CommonJS builds are two realms.
    alias: [
      { find: /^graphql$/, replacement: 'graphql/index.js' },
      // Apollo's suite for servers is written for Jest.
      {
        find: /^@jest\/globals$/,
        replacement: fileURLToPath(new URL('test/helpers/jest-globals.ts', import.meta.url)),
      },
    ],
  },
  test: {
    // Else Node would load it, which knows no aliases.
    server: { deps: { inline: [/@apollo\/server-integration-testsuite/] } },
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // A test whose assertions stand in a branch or a loop that never ran proves nothing.
    expect: { requireAssertions: true },
    // They end what hangs, and are no statement about speed: beside other programs a test may take ten times as long.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Tests of servers and processes wait much of their time: more of them than cores keep two cores busy.
    maxWorkers: 4,
    // No module of ours has state, so test files can share what they import: loading it anew for each was a fifth of all the work.
    isolate: false,
    sequence: { sequencer: SlowFirst },
    // Each worker thread and child process that loads src/ compiles some hundred modules; with a cache it takes half the time.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.vite/compiled', import.meta.url)) },
    setupFiles: ['test/helpers/setup.ts'],
    globalSetup: ['test/helpers/global-setup.ts'],
  },
});
