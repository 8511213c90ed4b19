/**
 * The frame of every speech program: requests come on standard input and replies go to standard output. It runs under
 * Node's own type stripping, so it uses only erasable syntax.
 */
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { encodeFrame, FrameReader, type SpeechEvent } from './frames.ts';

/** The sound of one piece: samples of 16 bits, mono, in this machine's byte order. */
export interface PieceSound {
  readonly samples: Uint8Array;
  readonly sampleRate: number;
  readonly events: readonly SpeechEvent[];
}

/** Speaks the pieces of one request, in order. What it throws fails the request. */
export type SpeakPieces<Request> = (request: Request) => AsyncIterable<PieceSound> | Iterable<PieceSound>;

/** Answers requests until standard input ends. The parent is trusted: its requests are not validated. */
export async function serveRequests<Request>(speak: SpeakPieces<Request>): Promise<void> {
  await reply({ kind: 'ready' });
  const reader = new FrameReader();
  for await (const chunk of process.stdin) {
    for (const { body } of reader.push(chunk)) await answer(speak, JSON.parse(Buffer.from(body).toString('utf8')));
  }
}

/** Ends the program when the parent process is gone. Called before anything that takes time. */
export function endWithParent(): void {
  process.stdin.once('close', () => process.exit(0));
  process.stdout.once('error', () => process.exit(0));
}

async function answer<Request>(speak: SpeakPieces<Request>, request: Request): Promise<void> {
  try {
    for await (const { samples, sampleRate, events } of speak(request)) {
      await reply({ kind: 'piece', sampleRate, events }, samples);
      // Lets the event loop process the end of standard input between two pieces.
      await nextTurn();
    }
    await reply({ kind: 'done' });
  } catch (error) {
    await reply({ kind: 'failed', message: String(error) });
  }
}

async function reply(header: Record<string, unknown>, body?: Uint8Array): Promise<void> {
  if (!process.stdout.write(encodeFrame(header, body))) await once(process.stdout, 'drain');
}
