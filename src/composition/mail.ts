import type { FieldCipher } from '../auth/secrets.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import type { Logger } from '../monitoring/logger.ts';
import { MailRelay, type SendMail } from '../services/mail/mail-relay.ts';
import type { MailText } from '../services/mail/mail-texts.ts';

/** Milliseconds to connect, to be greeted, and without an answer. */
const TIMEOUT_MS = 20_000;

/** Not started: the first trigger begins it. */
export async function mailRelayOf(
  config: Config,
  db: Database,
  cipher: FieldCipher,
  logger: Logger,
): Promise<MailRelay> {
  const send = config.smtpUrl === undefined ? sendToLog(config, logger) : await sendBySmtp(config);
  return new MailRelay({ db, cipher, send, appUrl: config.appUrl, log: logger });
}

async function sendBySmtp(config: Config): Promise<SendMail> {
  const send = await smtpSender(config);
  return (to, mail) => send([to], mail);
}

/** Hands one mail over to the mail server of SMTP_URL, for all these addresses. */
export async function smtpSender({ smtpUrl, mailFrom }: Config) {
  // Loading it takes as long as loading a tenth of everything else, and most installations send no mail.
  const { createTransport } = await import('nodemailer');
  const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
  const transport = createTransport({ url: smtpUrl, ...timeouts, disableFileAccess: true, disableUrlAccess: true });
  return async (to: readonly string[], { subject, text, html }: Omit<MailText, 'link'>): Promise<void> => {
    // As objects: an address in a text would be parsed, and could then name further recipients.
    const addresses = to.map((address) => ({ name: '', address }));
    await transport.sendMail({ from: mailFrom, to: addresses, subject, text, html });
  };
}

/** Without a mail server. A link is a secret, and belongs into the log of a developer's machine only. */
function sendToLog({ env }: Config, logger: Logger): SendMail {
  return async (_to, { subject, link }) => {
    if (env === 'production') logger.warn({ subject }, 'a mail was not sent: set SMTP_URL and MAIL_FROM');
    else logger.info({ subject, link }, 'a mail, which SMTP_URL would send');
  };
}
