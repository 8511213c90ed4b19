// Writes the typed documents of our own clients and tests, after a change of schema.graphql or of a .graphql file.
import { writeFile } from 'node:fs/promises';
import { CLI_DOCUMENTS, cliDocuments } from './cli-documents.ts';
import { typedDocuments } from './typed-documents.ts';

for (const [file, content] of await typedDocuments('.')) await writeFile(file, content);
await writeFile(CLI_DOCUMENTS, await cliDocuments());
