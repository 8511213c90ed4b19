import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '../errors.ts';
import { normalized } from '../unicode.ts';

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
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

export interface PasswordCheck {
  readonly matches: boolean;
  /** True where the hash was made at less than the current cost: the caller makes a new one, because it has the password. */
  readonly outdated: boolean;
}

/** argon2id in the PHC string format, `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. */
export class PasswordHasher {
  readonly #cost: Argon2Cost;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(cost: Argon2Cost = OWASP_COST) {
    this.#cost = cost;
  }

  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const tag = await this.#derive(password, salt, TAG_BYTES, this.#cost);
    const { memoryKiB, passes, parallelism } = this.#cost;
    return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
  }

  /** For an unknown user (null) it does the same work and returns false, so that timing does not reveal which users exist. */
  async verify(password: string, phc: string | null): Promise<PasswordCheck> {
    if (phc === null) {
      await this.#derive(password, randomBytes(SALT_BYTES), TAG_BYTES, this.#cost);
      return { matches: false, outdated: false };
    }
    const { cost, salt, tag } = parsePhc(phc);
    const matches = timingSafeEqual(await this.#derive(password, salt, tag.length, cost), tag);
    return { matches, outdated: isBelow(cost, this.#cost) };
  }

  async #derive(password: string, salt: Buffer, tagLength: number, cost: Argon2Cost): Promise<Buffer> {
    await this.#acquireSlot();
    try {
      return await derive('argon2id', {
        // One password typed on two keyboards may differ in composition only (NIST SP 800-63B, 3.1.1.2).
        message: normalized(password, 'NFKC'),
        nonce: salt,
        tagLength,
        memory: cost.memoryKiB,
        passes: cost.passes,
        parallelism: cost.parallelism,
      });
    } finally {
      this.#releaseSlot();
    }
  }

  async #acquireSlot(): Promise<void> {
    if (this.#running < MAX_CONCURRENT_HASHES) this.#running++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** The slot goes directly to the caller that has waited longest. */
  #releaseSlot(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running--;
  }
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
