import { describe, expect, it } from 'vitest';
import { type Argon2Cost, OWASP_COST, PasswordHasher } from './passwords.ts';

const CHEAP: Argon2Cost = { memoryKiB: 64, passes: 1, parallelism: 1 };
const SECRET = 'a quiet blue harbour';

describe('PasswordHasher', () => {
  it('writes argon2id in PHC format at the cost that OWASP recommends', async () => {
    const phc = await new PasswordHasher().hash(SECRET);
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(OWASP_COST).toEqual({ memoryKiB: 19_456, passes: 2, parallelism: 1 });
  });

  it('accepts the right password and no other', async () => {
    const hasher = new PasswordHasher(CHEAP);
    const phc = await hasher.hash(SECRET);
    expect(await hasher.verify(SECRET, phc)).toEqual({ matches: true, outdated: false });
    expect(await hasher.verify(`${SECRET} `, phc)).toEqual({ matches: false, outdated: false });
    expect(await hasher.verify('', phc)).toEqual({ matches: false, outdated: false });
  });

  it('reads a hash that another program made', async () => {
    // From the reference implementation: echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32
    const phc = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect((await new PasswordHasher(CHEAP).verify('password', phc)).matches).toBe(true);
    expect((await new PasswordHasher(CHEAP).verify('passwore', phc)).matches).toBe(false);
  });

  it('gives different hashes for two users with the same password', async () => {
    const hasher = new PasswordHasher(CHEAP);
    expect(await hasher.hash(SECRET)).not.toBe(await hasher.hash(SECRET));
  });

  it('treats a composed and a decomposed letter as equal', async () => {
    const hasher = new PasswordHasher(CHEAP);
    const phc = await hasher.hash('caf\u00e9 am hafen');
    expect((await hasher.verify('cafe\u0301 am hafen', phc)).matches).toBe(true);
  });

  it('requests a new hash once any part of the cost has been raised, and only then', async () => {
    const phc = await new PasswordHasher(CHEAP).hash(SECRET);
    const dearer = [{ memoryKiB: 128 }, { passes: 2 }, { parallelism: 2 }];
    for (const part of dearer) {
      const check = await new PasswordHasher({ ...CHEAP, ...part }).verify(SECRET, phc);
      expect(check).toEqual({ matches: true, outdated: true });
    }
    expect((await new PasswordHasher({ ...CHEAP, memoryKiB: 32 }).verify(SECRET, phc)).outdated).toBe(false);
  });

  it('refuses an unknown user after the same work', async () => {
    const hasher = new PasswordHasher();
    const phc = await hasher.hash(SECRET);
    expect(await hasher.verify('wrong', null)).toEqual({ matches: false, outdated: false });
    // The least of several: the garbage collector can only add to it.
    const known: number[] = [];
    const unknown: number[] = [];
    for (let time = 0; time < 5; time++) {
      known.push(await workOf(() => hasher.verify('wrong', phc)));
      unknown.push(await workOf(() => hasher.verify('wrong', null)));
    }
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 4);
  });

  it('answers all of many concurrent requests', async () => {
    const hasher = new PasswordHasher(CHEAP);
    const phc = await hasher.hash(SECRET);
    const checks = await Promise.all(
      Array.from({ length: 25 }, (_, at) => hasher.verify(at % 5 ? 'wrong' : SECRET, phc)),
    );
    expect(checks.filter(({ matches }) => matches)).toHaveLength(5);
  });

  it('lets a check of another network wait for one of four hundred per slot at most', async () => {
    const hasher = new PasswordHasher(CHEAP);
    const phc = await hasher.hash(SECRET);
    const ended: string[] = [];
    const check = async (network: string) => {
      await hasher.verify('wrong', phc, network);
      ended.push(network);
    };
    const attack = Array.from({ length: 400 }, () => check('203.0.113.7'));
    await Promise.all([...attack, check('198.51.100.1')]);
    // Two run already, one takes its turn before, and two slots may end in another order than they began.
    expect(ended.indexOf('198.51.100.1')).toBeLessThan(6);
  });

  it('refuses a network that lets more than five hundred checks wait, with the time to wait, and no other', async () => {
    const hasher = new PasswordHasher(CHEAP);
    const phc = await hasher.hash(SECRET);
    const attack = Array.from({ length: 510 }, () => hasher.verify('wrong', phc, '203.0.113.7'));
    const honest = hasher.verify(SECRET, phc, '198.51.100.1');
    const outcomes = await Promise.allSettled(attack);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(510 - 2 - 500 + 1);
    expect(refused[0]?.reason).toMatchObject({ name: 'RateLimitedError', retryAfterSeconds: 10 });
    expect((await honest).matches).toBe(true);
  });

  it('reports a damaged hash instead of a wrong password', async () => {
    await expect(new PasswordHasher(CHEAP).verify(SECRET, '$argon2id$v=19$m=64')).rejects.toMatchObject({
      code: 'INTERNAL_ERROR',
    });
  });
});

/** Microseconds of processor time, which other programs on the machine do not lengthen as they do the time that passes. */
async function workOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
