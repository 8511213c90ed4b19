import { WASI } from 'node:wasi';

/** What one run of a program wrote. */
export interface ProgramOutput {
  /** Standard output as text. */
  readonly text: string;
  /** The one file that it wrote; empty if it wrote none. */
  readonly file: Uint8Array;
}

/** File descriptors of the program, beside 0 to 2: its root folder, and the file that it opens there. */
const ROOT = 3;
const FILE = 4;
const SUCCESS = 0;
const BAD_FILE = 8;
const DIRECTORY = 3;
const REGULAR_FILE = 4;
const EVERY_RIGHT = 0xffff_ffff_ffff_ffffn;

/**
 * A WASI program, which runs with node:wasi for arguments, clock and exit, and with its output in memory: a file on the disk
 * would stay there when this process is killed, and a narration may be private. The layouts in memory are those of
 * wasi_snapshot_preview1 (WebAssembly/WASI, phases/snapshot/docs.md).
 *
 * All runs use one instance, whose memory is restored before each: for Flite that takes 3 ms, and a new instance up to 100 ms
 * where the system is slow to provide 17 MB of memory.
 */
export class WasiProgram {
  readonly #instance: WebAssembly.Instance;
  readonly #memory: WebAssembly.Memory;
  readonly #restore: (memory: Uint8Array) => void;
  /** The calls of the current run by name. */
  #calls: Readonly<Record<string, unknown>> = {};

  /** `restore` gives a memory the content that it has before the first run. */
  constructor(module: WebAssembly.Module, restore: (memory: Uint8Array) => void) {
    const names = WebAssembly.Module.imports(module).map(({ name }) => name);
    this.#instance = new WebAssembly.Instance(module, {
      wasi_snapshot_preview1: Object.fromEntries(names.map((name) => [name, this.#callNamed(name)])),
    });
    const { memory } = this.#instance.exports;
    if (!(memory instanceof WebAssembly.Memory)) throw new Error('the program has no memory');
    this.#memory = memory;
    this.#restore = restore;
  }

  /** Runs the program once, until its main function returns. Throws an Error if it fails; it must not be used after that. */
  run(args: readonly string[]): ProgramOutput {
    this.#restore(new Uint8Array(this.#memory.buffer));
    // It can start one program once.
    const wasi = new WASI({ version: 'preview1', args: [...args], returnOnExit: true });
    const output = new OutputInMemory(this.#memory);
    this.#calls = { ...wasi.wasiImport, ...output.imports };
    const status = wasi.start(this.#instance);
    if (status !== 0) throw new Error(`the program ended with status ${status}: ${output.text.slice(0, 500)}`);
    return { text: output.text, file: output.file };
  }

  /** The instance keeps the functions that it was made with. */
  #callNamed(name: string): (...args: readonly unknown[]) => unknown {
    return (...args) => {
      const call = this.#calls[name];
      if (typeof call !== 'function') throw new Error(`the program calls ${name}, which is not there`);
      return call(...args);
    };
  }
}

/** The calls of WASI that open and write files, for standard output and one file. */
class OutputInMemory {
  readonly #memory: WebAssembly.Memory;
  readonly #written = new Map<number, Uint8Array[]>();

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  get text(): string {
    return Buffer.concat(this.#written.get(1) ?? []).toString('utf8');
  }

  get file(): Uint8Array {
    return Buffer.concat(this.#written.get(FILE) ?? []);
  }

  readonly imports = {
    fd_prestat_get: (fd: number, prestat: number): number => {
      if (fd !== ROOT) return BAD_FILE;
      // Tag 0 is a folder; then the length of its name, "/".
      this.#view.setUint32(prestat, 0, true);
      this.#view.setUint32(prestat + 4, 1, true);
      return SUCCESS;
    },
    fd_prestat_dir_name: (fd: number, name: number): number => {
      if (fd !== ROOT) return BAD_FILE;
      this.#view.setUint8(name, '/'.charCodeAt(0));
      return SUCCESS;
    },
    fd_fdstat_get: (fd: number, status: number): number => {
      this.#view.setUint8(status, fd === ROOT ? DIRECTORY : REGULAR_FILE);
      this.#view.setUint16(status + 2, 0, true);
      this.#view.setBigUint64(status + 8, EVERY_RIGHT, true);
      this.#view.setBigUint64(status + 16, EVERY_RIGHT, true);
      return SUCCESS;
    },
    path_open: (...[, , , , , , , , opened]: number[]): number => {
      this.#view.setUint32(opened ?? 0, FILE, true);
      return SUCCESS;
    },
    fd_write: (fd: number, parts: number, count: number, written: number): number => {
      const chunks = Array.from({ length: count }, (_, index) => this.#part(parts + 8 * index));
      this.#written.set(fd, [...(this.#written.get(fd) ?? []), ...chunks]);
      const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
      this.#view.setUint32(written, bytes, true);
      return SUCCESS;
    },
    fd_close: (): number => SUCCESS,
  };

  /** A copy of the bytes that an iovec describes: the program reuses its buffer. */
  #part(at: number): Uint8Array {
    const start = this.#view.getUint32(at, true);
    return new Uint8Array(this.#view.buffer).slice(start, start + this.#view.getUint32(at + 4, true));
  }

  /** Growing the memory replaces its buffer, so that each call needs a new view. */
  get #view(): DataView {
    return new DataView(this.#memory.buffer);
  }
}
