import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { hashOf, type ListedDocuments } from '../server/operations/persisted-documents.ts';

const fileContent = z.record(z.string(), z.string());
const HINT =
  'it must hold an object of documents by their SHA-256 in hexadecimal digits, as `npm run codegen` writes it';

/** The documents of PERSISTED_DOCUMENTS_FILE. Throws CONFIG_INVALID, with what is wrong. */
export function listedDocuments(path: string | undefined): ListedDocuments {
  if (path === undefined) return new Map();
  const documents = new Map(Object.entries(contentOf(path)));
  for (const [name, text] of documents)
    if (name !== hashOf(text))
      throw wrong(path, `${JSON.stringify(name.slice(0, 100))} is not the SHA-256 of its document`);
  return documents;
}

function contentOf(path: string): Readonly<Record<string, string>> {
  try {
    return fileContent.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw wrong(path, HINT, cause);
  }
}

function wrong(path: string, problem: string, cause?: unknown): AppError {
  const message = `The setting PERSISTED_DOCUMENTS_FILE is wrong: ${path} cannot be used, ${problem}.`;
  return new AppError('CONFIG_INVALID', message, cause === undefined ? {} : { cause });
}
