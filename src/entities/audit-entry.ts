import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { z } from 'zod';
import type { AuditOutcome } from './enums.ts';
import { JsonColumn } from './json-column.ts';

/** Plain values by their names; no secret, no password, no content of users. */
export const auditDetails = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type AuditDetails = Readonly<z.infer<typeof auditDetails>>;

/** An entry of the audit log. A trigger rejects every change but the erasure of personal data. */
export const AuditEntry = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_log',
  properties: {
    /** From 1, without gaps, in the order of commits. */
    seq: p.bigint('number').primary().autoincrement(false),
    id: p.uuid().unique(),
    at: p.datetime(3),
    /** No reference: the entry outlives the account. */
    actorId: p.uuid().nullable(),
    action: p.string().length(60),
    /** The id of an object as clients know it, or a name, such as that of a queue. */
    target: p.string().length(200).nullable(),
    outcome: p.string().length(10).$type<AuditOutcome>(),
    ipAddress: p.string().length(45).nullable(),
    details: p.json<AuditDetails>().type(new JsonColumn(auditDetails)).nullable(),
    /** Random, base64url. It is removed when the entry is erased, so that its content cannot be guessed from the digest. */
    salt: p.text().nullable(),
    /** SHA-256 of salt and content, hex. */
    digest: p.string().length(64),
    /** SHA-256 of the hash before, seq and digest, hex. */
    hash: p.string().length(64),
    erasedAt: p.datetime(3).nullable(),
  },
});
export type AuditEntry = InferEntity<typeof AuditEntry>;

/** The end of the chain; one row, whose lock puts entries in order. */
export const AuditChain = defineEntity({
  name: 'AuditChain',
  tableName: 'audit_chain',
  properties: {
    one: p.boolean().default(true).primary(),
    seq: p.bigint('number'),
    hash: p.string().length(64),
  },
});
export type AuditChain = InferEntity<typeof AuditChain>;
