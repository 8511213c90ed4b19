/**
 * The mailbox of an address as far as its form says it: without what follows a plus sign, which most services deliver to the same person.
 * Mails are limited by mailbox; accounts and sign-ins use addresses as they are.
 */
export function mailboxOf(email: string): string {
  const at = email.lastIndexOf('@');
  const plus = email.indexOf('+');
  return plus > 0 && plus < at ? email.slice(0, plus) + email.slice(at) : email;
}
