import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import type { FieldCipher } from '../../auth/secrets.ts';
import type { Sql } from '../../db/orm.ts';
import { type MailOrder, mailOrder } from './mail-texts.ts';

/** For so long a process may take to send what it has taken. */
const SENDING_SECONDS = 120;
const FIRST_RETRY_SECONDS = 30;
const LONGEST_RETRY_SECONDS = 3_600;
export const GIVEN_UP_HOURS = 24;

/** The place of the encrypted content, which is part of its encryption. */
export const mailLocation = (id: string) => `mails.content:${id}`;

/** A mail that is sent after the commit of the transaction that `rows` is in. */
export async function enqueueMail(rows: Sql, cipher: FieldCipher, order: MailOrder): Promise<void> {
  const id = randomUUIDv7();
  const content_encrypted = cipher.encrypt(JSON.stringify(order), mailLocation(id));
  await rows.insertInto('mails').values({ id, content_encrypted }).execute();
}

export interface TakenMail {
  readonly id: string;
  /** Encrypted; see `orderOf`. */
  readonly content: string;
  /** Whether no further attempt follows this one. */
  readonly isLast: boolean;
}

/** Gives mails that are due to one process; where it does not delete one, the mail is due again later, up to a day. */
export async function takeMails(rows: Sql, limit: number): Promise<TakenMail[]> {
  const { rows: taken } = await sql<TakenMail>`
    update mails set attempts = attempts + 1, next_at = now() + make_interval(secs => ${SENDING_SECONDS}
      + least(${LONGEST_RETRY_SECONDS}, ${FIRST_RETRY_SECONDS} * power(2, least(attempts, 20))))
    where id = any(array(select id from mails where next_at <= now() order by next_at limit ${limit} for update skip locked))
    returning id, content_encrypted as content, created_at < now() - make_interval(hours => ${GIVEN_UP_HOURS}) as "isLast"`.execute(
    rows,
  );
  return taken;
}

/** Throws where the key of the content is missing. */
export function orderOf({ id, content }: Pick<TakenMail, 'id' | 'content'>, cipher: FieldCipher): MailOrder {
  return mailOrder.parse(JSON.parse(cipher.decrypt(content, mailLocation(id))));
}

export async function deleteMail(rows: Sql, id: string): Promise<void> {
  await rows.deleteFrom('mails').where('id', '=', id).execute();
}
