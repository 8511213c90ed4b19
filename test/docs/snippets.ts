import { copyFile, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

type Exported = (...given: readonly unknown[]) => unknown;

/** The files that a page shows, written to a separate folder next to the packages, so that Node runs them unchanged. */
export class Snippets {
  readonly folder: string;
  readonly names: readonly string[];

  private constructor(folder: string, names: readonly string[]) {
    this.folder = folder;
    this.names = names;
  }

  static async of(page: string): Promise<Snippets> {
    const text = await readFile(page, 'utf8');
    const folder = await mkdtemp(join(tmpdir(), 'snippets-'));
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    const names: string[] = [];
    for (const [, name = '', code = ''] of text.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm)) {
      names.push(name);
      await writeFile(join(folder, name), code);
    }
    return new Snippets(folder, names);
  }

  async add(name: string, path: string): Promise<void> {
    await copyFile(path, join(this.folder, name));
  }

  /** The export of a module under this name. Node itself loads it, without the module changes of tests. */
  exported(name: string, of: string): Exported {
    const module: unknown = createRequire(import.meta.url)(join(this.folder, of));
    const value: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, name) : undefined;
    if (!isFunction(value)) throw new Error(`${of} does not export the function ${name}.`);
    return value;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

function isFunction(value: unknown): value is Exported {
  return typeof value === 'function';
}
