import { emailLocation, phoneLocation } from '../accounts/account-store.ts';
import { tokenEmailLocation } from '../accounts/account-tokens.ts';
import { processorLocation } from '../accounts/administration/administration.service.ts';
import { registrationLocation } from '../accounts/registrations.ts';
import { mailLocation } from '../mail/mail-store.ts';
import { keyLocation } from '../providers/provider-key.service.ts';
import { replyLocation } from '../slack/slack-reply-store.ts';

/** A column whose values `FieldCipher` encrypts. */
export interface EncryptedColumn {
  readonly table: string;
  readonly column: string;
  /** The columns of the primary key. */
  readonly key: readonly string[];
  /** What the encryption of the value in the row with this key is bound to. */
  location(key: readonly string[]): string;
  /** The column with the blind index of the value, which depends on the key too. */
  readonly index?: string;
}

/** Every encrypted column of the database: each one that is added needs a line, and a test says so. */
export const ENCRYPTED_COLUMNS: readonly EncryptedColumn[] = [
  {
    table: 'users',
    column: 'email_encrypted',
    key: ['id'],
    location: ([userId = '']) => emailLocation(userId),
    index: 'email_index',
  },
  { table: 'users', column: 'phone_encrypted', key: ['id'], location: ([userId = '']) => phoneLocation(userId) },
  {
    table: 'provider_keys',
    column: 'key_encrypted',
    key: ['user_id', 'provider'],
    location: ([userId = '', provider = '']) => keyLocation(userId, provider),
  },
  {
    table: 'user_subscriptions',
    column: 'processor_reference_encrypted',
    key: ['id'],
    location: ([planId = '']) => processorLocation(planId),
  },
  {
    table: 'account_tokens',
    column: 'email_encrypted',
    key: ['hash'],
    location: ([hash = '']) => tokenEmailLocation(hash),
  },
  {
    table: 'registrations',
    column: 'email_encrypted',
    key: ['id'],
    location: ([id = '']) => registrationLocation(id),
    index: 'email_index',
  },
  { table: 'mails', column: 'content_encrypted', key: ['id'], location: ([id = '']) => mailLocation(id) },
  { table: 'slack_replies', column: 'url_encrypted', key: ['id'], location: ([id = '']) => replyLocation(id) },
];
