/** The used part of WebAssembly, whose types TypeScript has only for browsers (lib "dom"). */
declare namespace WebAssembly {
  class Module {
    private constructor();
    static imports(module: Module): readonly { readonly name: string }[];
  }

  class Memory {
    private constructor();
    readonly buffer: ArrayBuffer;
  }

  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: Readonly<Record<string, unknown>>;
  }

  function compile(bytes: Uint8Array): Promise<Module>;
}
