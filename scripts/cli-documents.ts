import { hash } from 'node:crypto';
import { type DocumentNode, Kind, print } from 'graphql';

/** The documents of `autovideo make --url`, for a server that runs only listed documents (PERSISTED_DOCUMENTS_FILE). */
export const CLI_DOCUMENTS = 'data/cli-documents.json';

/** Its content: each document as the command sends it, by its SHA-256. */
export async function cliDocuments(): Promise<string> {
  // Imported when it is called: the file may have been written a moment before.
  const generated: Readonly<Record<string, unknown>> = await import('../src/cli/generated/documents.ts');
  const texts = Object.values(generated).filter(isOperation).map(print);
  const byHash = texts.map((text) => [hash('sha256', text, 'hex'), text] as const);
  return `${JSON.stringify(Object.fromEntries(byHash.toSorted()), null, 2)}\n`;
}

function isOperation(value: unknown): value is DocumentNode {
  if (typeof value !== 'object' || value === null || !('definitions' in value)) return false;
  return Array.isArray(value.definitions) && value.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION);
}
