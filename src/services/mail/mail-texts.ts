import { z } from 'zod';
import { REGISTRATION_DAYS } from '../accounts/registrations-sql.ts';

/** A mail as it waits to be sent. Those of `PREPARED` depend on whether an address has an account: who sends it finds out. */
export const mailOrder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('verify'), to: z.string(), username: z.string(), token: z.string() }),
  z.object({ kind: z.literal('reset'), to: z.string(), username: z.string(), token: z.string() }),
  z.object({ kind: z.literal('change'), to: z.string(), username: z.string(), token: z.string() }),
  z.object({ kind: z.literal('confirm'), to: z.string(), username: z.string(), token: z.string() }),
  z.object({ kind: z.literal('resetRequest'), to: z.string() }),
  z.object({ kind: z.literal('registration'), id: z.string() }),
  z.object({ kind: z.literal('delayNotice'), userId: z.string().nullable() }),
  z.object({ kind: z.literal('delayed'), to: z.string(), username: z.string() }),
  z.object({ kind: z.literal('deleted'), to: z.string(), username: z.string() }),
  z.object({ kind: z.literal('taken'), to: z.string() }),
  z.object({ kind: z.literal('changed'), to: z.string(), username: z.string() }),
  z.object({ kind: z.literal('passwordChanged'), to: z.string(), username: z.string() }),
]);
export type MailOrder = z.infer<typeof mailOrder>;

const PREPARED = ['resetRequest', 'registration', 'delayNotice'] as const;
export type PreparedOrder = Extract<MailOrder, { kind: (typeof PREPARED)[number] }>;
export type FinishedOrder = Exclude<MailOrder, PreparedOrder>;

export function isPrepared(order: MailOrder): order is PreparedOrder {
  return PREPARED.some((kind) => kind === order.kind);
}

export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** What the development log shows; null where the mail has none. */
  readonly link: string | null;
}

/** `appUrl` is the client app that opens links; without one, a mail has the token and names the mutation. */
export function mailText(order: FinishedOrder, appUrl: string | undefined): MailText {
  const { subject, lines, action } = contentOf(order);
  const link = action ? linkOf(action, appUrl) : null;
  const paragraphs = [...lines.slice(0, 1), ...(link ? [link] : []), ...lines.slice(1)];
  return {
    subject,
    text: `${paragraphs.join('\n\n')}\n`,
    html: htmlPage(paragraphs.map((line) => [line])),
    link,
  };
}

interface Action {
  readonly path: string;
  readonly call: string;
  readonly token: string;
}

interface Content {
  readonly subject: string;
  readonly lines: readonly string[];
  readonly action?: Action;
}

const IGNORE = 'If this was not you, ignore this mail: nothing happens.';

function contentOf(order: FinishedOrder): Content {
  switch (order.kind) {
    case 'verify':
      return {
        subject: 'Confirm your e-mail address',
        lines: [`Confirm within 24 hours that this address belongs to the account ${order.username}:`, IGNORE],
        action: { path: 'verify-email', call: 'verifyEmail(token:)', token: order.token },
      };
    case 'confirm':
      return {
        subject: 'Confirm your e-mail address',
        lines: [
          `Confirm within ${REGISTRATION_DAYS} days that the new account ${order.username} is yours; then you can sign in:`,
          IGNORE,
        ],
        action: { path: 'verify-email', call: 'verifyEmail(token:)', token: order.token },
      };
    case 'change':
      return {
        subject: 'Confirm your new e-mail address',
        lines: [`Confirm within 24 hours that the account ${order.username} is to use this address:`, IGNORE],
        action: { path: 'verify-email', call: 'verifyEmail(token:)', token: order.token },
      };
    case 'reset':
      return {
        subject: 'Set a new password',
        lines: [`Set a new password for the account ${order.username} within an hour:`, IGNORE],
        action: { path: 'reset-password', call: 'resetPassword(token:, newPassword:)', token: order.token },
      };
    case 'taken':
      return {
        subject: 'You already have an account',
        lines: [
          'Your address was entered for an account, and it already has one: sign in, or reset the password.',
          IGNORE,
        ],
      };
    case 'changed':
      return {
        subject: 'Your e-mail address was changed',
        lines: [`The account ${order.username} now uses another address.`, WARNING],
      };
    case 'delayed':
      return {
        subject: 'Many wrong passwords for your account',
        lines: [
          `Wrong passwords were entered for the account ${order.username} again and again, and sign-ins from there have to wait.`,
          'You can sign in as before where you have done so. If this was not you, they were of no use; change the password if others may know it.',
        ],
      };
    case 'deleted':
      return { subject: 'Your account was deleted', lines: [`The account ${order.username} was deleted.`, WARNING] };
    case 'passwordChanged':
      return {
        subject: 'Your password was changed',
        lines: [`The password of the account ${order.username} was changed, and other sessions have ended.`, WARNING],
      };
  }
}

const WARNING = 'If this was not you, ask an administrator at once.';

/** The token is behind #, which browsers send to no server. */
function linkOf({ path, call, token }: Action, appUrl: string | undefined): string {
  return appUrl === undefined ? `${token}\n(the token for ${call})` : `${appUrl}/${path}#token=${token}`;
}

/** The lines of each paragraph, with no markup of their own. */
export function htmlPage(paragraphs: readonly (readonly string[])[]): string {
  const body = paragraphs.map((lines) => `<p>${lines.map(escaped).join('<br>')}</p>`).join('');
  return `<!doctype html><html><body>${body}</body></html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
