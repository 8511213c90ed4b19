import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { User } from './user.ts';

/** An answer that Slack still has to get: what became of the video of a command. Deleted once Slack has it. */
export const SlackReply = defineEntity({
  name: 'SlackReply',
  tableName: 'slack_replies',
  properties: {
    id: p.uuid().primary(),
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade'),
    /** The idempotency key of the command's video, by which the video is found. */
    requestKey: p.string().length(255),
    /** Who has the address may post to the conversation. */
    urlEncrypted: p.text(),
    /** What to say now; null where the video decides. */
    message: p.text().nullable(),
    attempts: p.integer().default(0),
    nextAt: p.datetime(3).defaultRaw('now()'),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});
export type SlackReply = InferEntity<typeof SlackReply>;

/** The newest check of the command: the one row of its table. */
export const SlackCheck = defineEntity({
  name: 'SlackCheck',
  tableName: 'slack_checks',
  properties: {
    name: p.string().length(10).primary(),
    checkedAt: p.datetime(3),
    /** Why commands cannot be answered; null where all is well. */
    failure: p.text().nullable(),
  },
});
export type SlackCheck = InferEntity<typeof SlackCheck>;

/** Requests that were refused, by the minute. */
export const SlackRefusal = defineEntity({
  name: 'SlackRefusal',
  tableName: 'slack_refusals',
  primaryKeys: ['kind', 'minute'],
  properties: {
    kind: p.string().length(20).primary(),
    minute: p.datetime(3).primary(),
    count: p.integer(),
  },
});
export type SlackRefusal = InferEntity<typeof SlackRefusal>;
