/** The used part of the package, which has no types of its own. */
declare module '@echogarden/espeak-ng-emscripten' {
  export interface EspeakEvent {
    readonly type: string;
    /** Code points from 1. */
    readonly text_position: number;
    /** Milliseconds. */
    readonly audio_position: number;
    readonly id?: string | number;
  }

  export interface EspeakWorker {
    set_voice(name: string, language: string): number;
    set_rate(wordsPerMinute: number): void;
    set_pitch(pitch: number): void;
    set_range(range: number): void;
    get_samplerate(): number;
    /** Calls back with each part of the sound; returning true stops it. */
    synthesize(text: string, onChunk: (samples: Int16Array, events: readonly EspeakEvent[]) => boolean): void;
  }

  /** Emscripten's file system in memory: https://emscripten.org/docs/api_reference/Filesystem-API.html */
  export interface EspeakFiles {
    /** Every file is opened by this function, also by espeak-ng. `contents` is null or an array for files outside the package. */
    open(path: unknown, flags: unknown, mode: unknown): { readonly node: { readonly contents?: unknown } };
  }

  export interface EspeakModule {
    readonly FS: EspeakFiles;
    readonly eSpeakNGWorker: new () => EspeakWorker;
    /** The whole memory; another object after the memory has grown. */
    readonly HEAPU8: Uint8Array;
  }

  export default function load(options: {
    getPreloadedPackage?: () => ArrayBuffer;
    print?: (line: string) => void;
    printErr?: (line: string) => void;
  }): Promise<EspeakModule>;
}
