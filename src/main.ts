import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Before the program itself is loaded: V8 caches its compiled code. Where the folder cannot be written, it compiles at each start.
enableCompileCache(join(import.meta.dirname, '.compiled'));
const { runProgram } = await import('./cli/program.ts');
await runProgram();
