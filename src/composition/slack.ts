import { FieldCipher } from '../auth/secrets.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import { localUrl } from '../local-url.ts';
import type { Logger } from '../monitoring/logger.ts';
import { CommandAccount } from '../services/slack/command-account.ts';
import { SlackCheck } from '../services/slack/slack-check.ts';
import { SlackCommand, type SlackOutcome } from '../services/slack/slack-command.ts';
import { SlackCounts } from '../services/slack/slack-counts.ts';
import { SlackReplyRelay } from '../services/slack/slack-reply-relay.ts';
import { LinkSigner } from '../storage/signed-links.ts';

export interface SlackParts {
  readonly config: Config;
  readonly db: Database;
  readonly logger: Logger;
}

/** The slash command, for processes with an API; undefined where it is not set. */
export function slackCommandOf(
  { config, db, logger, metrics }: SlackParts & { readonly metrics: { slackAnswered(outcome: SlackOutcome): void } },
  resources: AsyncDisposableStack,
): SlackCommand | undefined {
  const settings = config.notifiers.slackCommand;
  if (settings === undefined) return undefined;
  const counts = new SlackCounts(db, (thrown) => logger.warn({ err: thrown }, 'refusals of Slack were not counted'));
  resources.defer(() => counts.close());
  const cipher = new FieldCipher(config.encryptionKeys);
  return new SlackCommand({
    db,
    cipher,
    settings,
    account: new CommandAccount({ db, cipher, user: settings.user }),
    onOutcome: (outcome) => {
      metrics.slackAnswered(outcome);
      if (outcome === 'bad_signature' || outcome === 'rate_limited') counts.count(outcome);
    },
    onFault: (thrown) => logger.error({ err: thrown }, 'a command of Slack could not be carried out'),
  });
}

/** Every process sends what became of the videos of commands. */
export function openSlackReplies({ config, db, logger }: SlackParts, resources: AsyncDisposableStack): void {
  if (config.notifiers.slackCommand === undefined) return;
  const links = new LinkSigner({ secret: config.linkSecret, publicUrl: config.publicUrl ?? localUrl(config) });
  const relay = new SlackReplyRelay({
    db,
    cipher: new FieldCipher(config.encryptionKeys),
    linkOf: (fileKey) => links.url(fileKey),
    log: logger,
  });
  resources.defer(() => relay.close());
  relay.start();
}

/** The check of the command; undefined where it is not set. */
export function slackCheckOf({ config, db }: Omit<SlackParts, 'logger'>): SlackCheck | undefined {
  const settings = config.notifiers.slackCommand;
  if (settings === undefined) return undefined;
  const cipher = new FieldCipher(config.encryptionKeys);
  return new SlackCheck({ db, settings, account: new CommandAccount({ db, cipher, user: settings.user }) });
}
