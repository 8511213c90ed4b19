import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { FairSlots } from '../concurrency/fair-slots.ts';
import { AppError } from '../errors.ts';
import { normalized } from '../unicode.ts';
import { RateLimitedError } from './auth-error.ts';

const derive = promisify(argon2);

/** The cost of one guess. */
export interface Argon2Cost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** OWASP Password Storage Cheat Sheet, section Argon2id: the least it recommends (19 MiB, two passes, one lane). */
export const OWASP_COST: Argon2Cost = { memoryKiB: 19_456, passes: 2, parallelism: 1 };

const SALT_BYTES = 16;
const TAG_BYTES = 32;
/** Half of libuv's four threads: file access and name look-ups continue while many users sign in. */
const MAX_CONCURRENT_HASHES = 2;
/** At 40 ms each on two slots, the last of them waits ten seconds. */
const MAX_WAITING_HASHES = 500;
const RETRY_SECONDS = 10;
/** The key of hashes that no client asked for. */
const OWN_WORK = 'this server';
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

export interface PasswordCheck {
  readonly matches: boolean;
  /** True where the hash was made at less than the current cost: the caller makes a new one, because it has the password. */
  readonly outdated: boolean;
}

/**
 * argon2id in the PHC string format, `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. Few hashes are made at once, and the networks of the
 * clients take turns: see `FairSlots`. Throws RateLimitedError where too many wait.
 */
export class PasswordHasher {
  readonly #cost: Argon2Cost;
  readonly #slots = new FairSlots({
    slots: MAX_CONCURRENT_HASHES,
    maxWaiting: MAX_WAITING_HASHES,
    refuse: () =>
      new RateLimitedError(RETRY_SECONDS, `Too many passwords are being checked: try again in ${RETRY_SECONDS} s.`),
  });

  constructor(cost: Argon2Cost = OWASP_COST) {
    this.#cost = cost;
  }

  /** `network` is that of the client, see `networkOf`. */
  async hash(password: string, network: string = OWN_WORK): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const tag = await this.#derive({ password, salt, tagLength: TAG_BYTES, cost: this.#cost, network });
    const { memoryKiB, passes, parallelism } = this.#cost;
    return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
  }

  /** For an unknown user (null) it does the same work and returns false, so that timing does not reveal which users exist. */
  async verify(password: string, phc: string | null, network: string = OWN_WORK): Promise<PasswordCheck> {
    if (phc === null) {
      const salt = randomBytes(SALT_BYTES);
      await this.#derive({ password, salt, tagLength: TAG_BYTES, cost: this.#cost, network });
      return { matches: false, outdated: false };
    }
    const { cost, salt, tag } = parsePhc(phc);
    const derived = await this.#derive({ password, salt, tagLength: tag.length, cost, network });
    const matches = timingSafeEqual(derived, tag);
    return { matches, outdated: isBelow(cost, this.#cost) };
  }

  async #derive({ password, salt, tagLength, cost, network }: Derivation): Promise<Buffer> {
    const hashed = {
      // One password typed on two keyboards may differ in composition only (NIST SP 800-63B, 3.1.1.2).
      message: normalized(password, 'NFKC'),
      nonce: salt,
      tagLength,
      memory: cost.memoryKiB,
      passes: cost.passes,
      parallelism: cost.parallelism,
    };
    return await this.#slots.run(network, () => derive('argon2id', hashed));
  }
}

interface Derivation {
  readonly password: string;
  readonly salt: Buffer;
  readonly tagLength: number;
  readonly cost: Argon2Cost;
  readonly network: string;
}

function parsePhc(phc: string): { cost: Argon2Cost; salt: Buffer; tag: Buffer } {
  const [, memory, passes, parallelism, salt, tag] = PHC.exec(phc) ?? [];
  if (!salt || !tag) throw new AppError('INTERNAL_ERROR', 'A stored password hash is damaged.');
  const cost = { memoryKiB: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  return { cost, salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') };
}

function isBelow(cost: Argon2Cost, wanted: Argon2Cost): boolean {
  return cost.memoryKiB < wanted.memoryKiB || cost.passes < wanted.passes || cost.parallelism < wanted.parallelism;
}

/** PHC strings leave base64's padding out. */
function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/={1,2}$/, '');
}
