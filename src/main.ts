import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Before the program itself is loaded: V8 compiles it once and not at each start. Where the folder cannot be written, it still does.
enableCompileCache(join(import.meta.dirname, '.compiled'));
const { runProgram } = await import('./cli/program.ts');
await runProgram();
