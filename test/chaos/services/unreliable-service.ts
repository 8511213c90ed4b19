import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Random } from '../../../src/providers/local/cards/random.ts';
import { type FakeHandler, type FakeReply, FakeService, type ReceivedRequest } from '../../fakes/fake-service.ts';
import { type Bill, type CallContent, type CallReader, costOf } from './bills.ts';

/** What happens to a call instead of an answer. */
export type CallFault =
  | 'busy'
  | 'busy for long'
  | 'server fault'
  | 'wrong key'
  | 'broken off'
  | 'hung up'
  | 'stalled'
  | 'stalled unbilled';

/** The share of calls to which each fault happens. */
export type CallFaults = Readonly<Record<CallFault, number>>;

/** Without a bill. */
const REFUSALS: Readonly<Partial<Record<CallFault, FakeReply>>> = {
  busy: { status: 429, headers: { 'retry-after': '1' }, body: { error: { type: 'rate_limit_error' } } },
  // Longer than a call waits: the next provider is called.
  'busy for long': { status: 429, headers: { 'retry-after': '30' }, body: { error: { type: 'rate_limit_error' } } },
  'server fault': { status: 500, body: { error: { type: 'server_error' } } },
  'wrong key': { status: 401, body: { error: { type: 'invalid_api_key' } } },
};

export interface ServiceOptions {
  readonly name: string;
  /** Answers each call as the service does. */
  readonly handler: FakeHandler;
  readonly seed: string;
  readonly faults: CallFaults;
  readonly reader: CallReader;
  /** A stalled call ends after this time at the latest: its client may be frozen. */
  readonly stallMs: number;
}

/**
 * A fake of a service that bills what it accepts, also where its client never gets the answer, and to whose calls faults happen. Which
 * ones follows from the seed, the content and the number of the call for it.
 */
export class UnreliableService {
  readonly bills: Bill[] = [];
  /** Calls that the service would not understand. */
  readonly problems: string[] = [];
  /** How many times each fault has happened. */
  readonly injected = new Map<CallFault, number>();
  /** The most calls under way at once. A transcript is part of the call of a voice. */
  mostAtOnce = 0;
  readonly #options: ServiceOptions;
  readonly #underWay = new Set<ReceivedRequest>();
  readonly #calls = new Map<string, number>();

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  start(): Promise<FakeService> {
    return FakeService.start(async (request) => {
      try {
        return isCall(request) ? await this.#call(request) : await this.#options.handler(request);
      } catch (thrown) {
        this.problems.push(`${this.name} ${request.method} ${request.path}: ${String(thrown)}`);
        throw thrown;
      }
    });
  }

  async #call(request: ReceivedRequest): Promise<FakeReply> {
    const content = this.#options.reader.contentOf(this.name, request);
    const random = this.#randomFor(content);
    const fault = this.#faultFor(random);
    if (fault) this.injected.set(fault, (this.injected.get(fault) ?? 0) + 1);
    const refusal = fault && REFUSALS[fault];
    if (refusal) return refusal;
    if (!content.isTranscript) void this.#count(request);
    try {
      return await this.#answer(request, content, random, fault);
    } finally {
      this.#underWay.delete(request);
    }
  }

  async #answer(
    request: ReceivedRequest,
    content: CallContent,
    random: Random,
    fault: CallFault | undefined,
  ): Promise<FakeReply> {
    const { name, handler, stallMs } = this.#options;
    const at = Date.now();
    const reply = withOtherUsage(await handler(request), random);
    const cost = fault === 'stalled unbilled' ? 0 : costOf(name, request, reply);
    this.bills.push({ service: name, content, cost, at, isAnswered: fault === undefined });
    if (fault === 'stalled' || fault === 'stalled unbilled') {
      await Promise.race([request.aborted, sleep(stallMs)]);
      return 'hang up';
    }
    await sleep(random.between(20, 400));
    if (fault === 'broken off') return 'break off';
    return fault === 'hung up' ? 'hang up' : reply;
  }

  /** Calls that have ended before are seen as ended first. */
  async #count(request: ReceivedRequest): Promise<void> {
    this.#underWay.add(request);
    void request.aborted.then(() => this.#underWay.delete(request));
    await setImmediate();
    await setImmediate();
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay.size);
  }

  #randomFor({ stage, video, scene, isTranscript }: CallContent): Random {
    const { seed, name } = this.#options;
    const content = `${stage} ${video} ${scene} ${isTranscript}`;
    const number = this.#calls.get(content) ?? 0;
    this.#calls.set(content, number + 1);
    return new Random(`${seed} ${name} ${content} ${number}`);
  }

  #faultFor(random: Random): CallFault | undefined {
    let left = random.next();
    for (const [fault, share] of entriesOf(this.#options.faults)) {
      if (left < share) return fault;
      left -= share;
    }
    return undefined;
  }
}

/** Other requests cost nothing: states of predictions, descriptions of models, pictures, quotas. */
function isCall({ method, path }: ReceivedRequest): boolean {
  return method === 'POST' && !path.endsWith('/cancel');
}

function entriesOf(faults: CallFaults): readonly (readonly [CallFault, number])[] {
  return [
    ['busy', faults.busy],
    ['busy for long', faults['busy for long']],
    ['server fault', faults['server fault']],
    ['wrong key', faults['wrong key']],
    ['broken off', faults['broken off']],
    ['hung up', faults['hung up']],
    ['stalled', faults.stalled],
    ['stalled unbilled', faults['stalled unbilled']],
  ];
}

const counted = z.looseObject({
  usage: z.looseObject({ input_tokens: z.int().positive(), output_tokens: z.int().positive() }),
});

/** No two answers use the same number of tokens. Other answers stay as they are. */
function withOtherUsage(reply: FakeReply, random: Random): Exclude<FakeReply, string> {
  if (typeof reply === 'string' || 'upgrade' in reply) throw new Error('The handler answers each call.');
  const parsed = counted.safeParse(reply.body);
  if (!parsed.success) return reply;
  const { usage, ...body } = parsed.data;
  const some = (count: number) => Math.ceil(count * random.between(0.5, 1));
  const used = { input_tokens: some(usage.input_tokens), output_tokens: some(usage.output_tokens) };
  return { ...reply, body: { ...body, usage: { ...usage, ...used } } };
}
