import { afterAll, beforeAll, expect, it } from 'vitest';
import { FieldCipher } from '../../../src/auth/secrets.ts';
import type { Database } from '../../../src/db/database.ts';
import { MailRelay } from '../../../src/services/mail/mail-relay.ts';
import { enqueueMail } from '../../../src/services/mail/mail-store.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { until } from '../../helpers/until.ts';

const cipher = new FieldCipher([{ id: 'k1', key: Buffer.alloc(32, 1) }]);
const lost = new FieldCipher([{ id: 'lost', key: Buffer.alloc(32, 2) }]);
let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

it('A mail that cannot be decrypted holds no other back, and is given up after a day', async () => {
  await enqueueMail(db.sql(), lost, { kind: 'taken', to: 'lost@example.org' });
  for (const name of ['ann', 'bea']) await enqueueMail(db.sql(), cipher, { kind: 'taken', to: `${name}@example.org` });
  const sent: string[] = [];
  const lines: string[] = [];
  const log = (_facts: object, message: string) => void lines.push(message);
  const relay = new MailRelay({
    db,
    cipher,
    appUrl: undefined,
    send: async (to) => void sent.push(to),
    log: { warn: log, error: log },
  });
  try {
    relay.trigger();
    await until('both are sent', () => sent.length === 2);
    expect(sent.toSorted()).toEqual(['ann@example.org', 'bea@example.org']);
    await until('the other one is reported', () => lines.includes('a mail could not be sent; it is tried again'));
    await db.em().execute("update mails set created_at = now() - interval '25 hours', next_at = now()");
    relay.trigger();
    await until('it is given up', () => lines.some((line) => line.endsWith('and is given up')));
    await until('it is deleted', async () => (await db.sql().selectFrom('mails').select('id').execute()).length === 0);
  } finally {
    await relay.close();
  }
});
