import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import type { AttemptState, GenerationStatus } from '../../../src/entities/enums.ts';
import { countUncertain } from '../../../src/services/generations/generation-store.ts';
import { createTestDatabase } from '../../helpers/database.ts';

let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

async function generation(status: GenerationStatus, ...attempts: readonly [AttemptState, paid: boolean][]) {
  const id = randomUUIDv7();
  await sql`insert into ai_generations (id, type, provider, status) values (${id}, 'TEXT', 'openai', ${status})`.execute(
    db.sql(),
  );
  for (const [index, [state, paid]] of attempts.entries())
    await sql`
      insert into generation_attempts (id, generation_id, provider, number, paid, run, state)
      values (${randomUUIDv7()}, ${id}, 'openai', ${index + 1}, ${paid}, 1, ${state})`.execute(db.sql());
}

it('Requests whose answer was lost count until another one has delivered; free ones never do', async () => {
  expect(await countUncertain(db.sql())).toBe(0);
  await generation('UNCERTAIN', ['UNCERTAIN', true]);
  await generation('FAILED', ['UNCERTAIN', true], ['REFUSED', true]);
  expect(await countUncertain(db.sql())).toBe(2);
  await generation('COMPLETED', ['UNCERTAIN', true], ['SETTLED', true]);
  await generation('UNCERTAIN', ['UNCERTAIN', false]);
  await generation('PENDING', ['SENT', true]);
  expect(await countUncertain(db.sql())).toBe(2);
});
