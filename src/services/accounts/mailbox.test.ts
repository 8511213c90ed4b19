import { expect, it } from 'vitest';
import { mailboxOf } from './mailbox.ts';

it.each([
  ['ann@example.org', 'ann@example.org'],
  ['ann+1@example.org', 'ann@example.org'],
  ['ann+news+2@example.org', 'ann@example.org'],
  ['ann+@example.org', 'ann@example.org'],
  ['+ann@example.org', '+ann@example.org'],
  ['ann@exa+mple.org', 'ann@exa+mple.org'],
  ['no address', 'no address'],
])('The mailbox of %s is %s', (email, mailbox) => {
  expect(mailboxOf(email)).toBe(mailbox);
});
