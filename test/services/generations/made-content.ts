import { randomUUID, randomUUIDv7 } from 'node:crypto';
import type { Database } from '../../../src/db/database.ts';
import { decodeId } from '../../../src/ids.ts';
import type { Money } from '../../../src/money.ts';
import type { FailedAttempt, GenerationRequest } from '../../../src/providers/ledger.ts';
import {
  failAttempt,
  insertAttempt,
  openGeneration,
  settleAttempt,
} from '../../../src/services/generations/generation-store.ts';

export const PICTURE: GenerationRequest = {
  stage: 'VISUALS',
  sceneId: null,
  inputHash: '',
  type: 'IMAGE',
  prompt: 'A dancing bee',
  parameters: { width: 1280, height: 720, visualStyle: 'calm' },
};

export const TIMEOUT: FailedAttempt = {
  state: 'UNCERTAIN',
  code: 'OPENAI_TIMEOUT',
  message: 'Too late.',
  cost: 300,
  milliseconds: 9_000,
};

/** Records calls of providers as a worker does it. */
export function contentOn(db: () => Database) {
  /** Opens a generation of the video; every call opens another one. */
  const open = async (videoId: string, request: Partial<GenerationRequest> = {}): Promise<string> => {
    const uuid = decodeId('video', videoId) ?? '';
    const whole = { ...PICTURE, inputHash: randomUUID(), ...request };
    return (await db().transaction((em) => openGeneration(em, randomUUIDv7(), uuid, whole))).id;
  };
  const send = async (generationId: string, provider = 'painter', mostCost: Money = 300): Promise<string> => {
    const id = randomUUIDv7();
    const attempt = { generationId, provider, model: 'p1', paid: true, mostCost, concurrency: 1 };
    await db().transaction((em) => insertAttempt(em, id, attempt));
    return id;
  };
  const settle = (attemptId: string, stored: object, cost: Money = 250, provider = 'painter') =>
    db().transaction((em) =>
      settleAttempt(em, attemptId, { stored, provider, model: 'p1', tokens: 40, cost, milliseconds: 900 }),
    );
  const fail = (attemptId: string, failed: FailedAttempt) =>
    db().transaction((em) => failAttempt(em, attemptId, failed));
  /** Opens and settles one. */
  const make = async (videoId: string, request: Partial<GenerationRequest>, cost: Money = 250): Promise<string> => {
    const id = await open(videoId, request);
    await settle(await send(id), { key: 'videos/none/picture.png' }, cost);
    return id;
  };
  return { open, send, settle, fail, make };
}
