// Writes schema.graphql from the code. Decorators must be compiled first: `npm run schema` does both. It does not check types,
// because the command's typed documents are out of date until `npm run codegen` has read the new schema.
import { writeFile } from 'node:fs/promises';
import { printAppSchema } from '../src/schema/build/build-schema.ts';

await writeFile('schema.graphql', printAppSchema());
