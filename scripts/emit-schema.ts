// Writes schema.graphql from the code. Decorators must be compiled first: `npm run schema` does both.
import { writeFile } from 'node:fs/promises';
import { printAppSchema } from '../src/schema/build/build-schema.ts';

await writeFile('schema.graphql', printAppSchema());
