import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse } from 'graphql';
import { z } from 'zod';

const PLUGINS = { 'typescript-operations': typescriptOperations, 'typed-document-node': typedDocumentNode };

const Output = z.strictObject({
  documents: z.string().optional(),
  plugins: z.array(z.literal(['typescript-operations', 'typed-document-node'])),
  config: z.record(z.string(), z.unknown()).optional(),
});

const Config = z.strictObject({
  schema: z.string(),
  documents: z.string().optional(),
  config: z.record(z.string(), z.unknown()).optional(),
  generates: z.record(z.string(), Output),
});

/**
 * What `graphql-codegen --config codegen.json` would write in the folder: content by path relative to the folder. The
 * command itself is not used, because its loaders bring 200 packages into each installation.
 */
export async function typedDocuments(folder: string): Promise<Map<string, string>> {
  const config = Config.parse(JSON.parse(await readFile(join(folder, 'codegen.json'), 'utf8')));
  const schemaText = await readFile(join(folder, config.schema), 'utf8');
  const files = new Map<string, string>();
  for (const [filename, output] of Object.entries(config.generates)) {
    const pattern = output.documents ?? config.documents;
    if (pattern === undefined) throw new Error(`codegen.json names no documents for ${filename}.`);
    const locations = globSync(pattern, { cwd: folder }).toSorted();
    const documents = locations.map(async (location) => ({
      location,
      document: parse(await readFile(join(folder, location), 'utf8')),
    }));
    const content = await codegen({
      filename,
      schema: parse(schemaText),
      schemaAst: buildSchema(schemaText),
      documents: await Promise.all(documents),
      config: { ...config.config, ...output.config },
      plugins: output.plugins.map((name) => ({ [name]: {} })),
      pluginMap: PLUGINS,
    });
    files.set(filename, content);
  }
  return files;
}
