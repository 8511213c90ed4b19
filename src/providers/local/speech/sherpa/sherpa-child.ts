/**
 * A separate program, run as a child process: reads requests from standard input, speaks them with a model of the user's by
 * sherpa-onnx-node, and writes the sound to standard output. The package is not one of ours: the request says where it is. It
 * must run under Node's own type stripping, so it uses only erasable syntax.
 */
import type { SherpaModel, SherpaRequest } from '../program/frames.ts';
import { endWithParent, type PieceSound, serveRequests } from '../program/serve-requests.ts';

/** The used part of sherpa-onnx-node 1.13 (its documentation: "Offline TTS API"). */
interface SherpaOnnx {
  readonly OfflineTts: new (config: {
    readonly model: SherpaModel & { readonly numThreads: number; readonly provider: 'cpu' };
    readonly maxNumSentences: number;
  }) => OfflineTts;
}

interface OfflineTts {
  /** `sid` is the number of the speaker. The samples are from -1 to 1. */
  generate(request: { readonly text: string; readonly sid: number; readonly speed: number }): {
    readonly samples: Float32Array;
    readonly sampleRate: number;
  };
}

async function main(): Promise<void> {
  endWithParent();
  // The model of the first request: a server has one model for all of them.
  let loaded: OfflineTts | undefined;
  await serveRequests(async function* (request: SherpaRequest) {
    loaded ??= await load(request);
    for (const piece of request.pieces) yield speak(loaded, piece, request.speed);
  });
}

async function load({ module, model }: SherpaRequest): Promise<OfflineTts> {
  const imported: unknown = await import(module).catch((cause: unknown) => {
    throw new Error(`sherpa-onnx-node cannot be loaded on ${process.platform}-${process.arch}: ${String(cause)}`, {
      cause,
    });
  });
  const package_ = isObject(imported) && 'default' in imported ? imported.default : imported;
  if (!isSherpa(package_)) throw new Error('sherpa-onnx-node has no OfflineTts');
  return new package_.OfflineTts({ model: { ...model, numThreads: 1, provider: 'cpu' }, maxNumSentences: 1 });
}

function speak(tts: OfflineTts, text: string, speed: number): PieceSound {
  const { samples, sampleRate } = tts.generate({ text, sid: 0, speed });
  const sound = Int16Array.from(samples, (sample) => Math.max(-1, Math.min(1, sample)) * 32_767);
  // The models give no times of words.
  return { samples: new Uint8Array(sound.buffer), sampleRate, events: [] };
}

function isSherpa(value: unknown): value is SherpaOnnx {
  return isObject(value) && 'OfflineTts' in value && typeof value.OfflineTts === 'function';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

await main();
