import { Field, Float, Int, ObjectType } from 'type-graphql';
import { BigIntString, DateTime } from '../scalars.ts';

const WITHOUT_LITERALS = 'Its literals are replaced by ?.';

@ObjectType('SlowQuery', { description: 'A statement that takes long.', simpleResolvers: true })
export class SlowQueryType {
  @Field(() => String, { description: `The statement. ${WITHOUT_LITERALS}` })
  declare readonly query: string;

  @Field(() => Int, { description: 'How often it ran since the counts were last reset.' })
  declare readonly calls: number;

  @Field(() => Float, { description: 'Milliseconds on average.' })
  declare readonly meanMs: number;

  @Field(() => Float, { description: 'Milliseconds of all calls together.' })
  declare readonly totalMs: number;

  @Field(() => BigIntString, { description: 'Rows that it returned or changed, in all calls.' })
  declare readonly rows: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of its pages that were in memory, 0 to 100; null where it needed none.',
  })
  declare readonly cacheHitPercentage: number | null;
}

@ObjectType('TableStats', { description: 'A table.', simpleResolvers: true })
export class TableStatsType {
  @Field(() => String, { description: 'Its name.' })
  declare readonly name: string;

  @Field(() => BigIntString, { description: 'Its size on the disk, with its indexes.' })
  declare readonly totalBytes: number;

  @Field(() => BigIntString, { description: 'Rows, as PostgreSQL estimates them.' })
  declare readonly liveRows: number;

  @Field(() => BigIntString, { description: 'Deleted and replaced rows that still take up space.' })
  declare readonly deadRows: number;

  @Field(() => Float, {
    description: 'Share of the dead rows, 0 to 100. Over 1,000 of them and over 10 % ask for runDatabaseMaintenance.',
  })
  declare readonly deadPercentage: number;

  @Field(() => BigIntString, { description: 'How often it was read whole.' })
  declare readonly sequentialScans: number;

  @Field(() => BigIntString, {
    nullable: true,
    description: 'How often one of its indexes was used; null without any.',
  })
  declare readonly indexScans: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When dead rows were last removed.' })
  declare readonly lastVacuumAt: Date | null;
}

@ObjectType('IndexStats', { description: 'An index.', simpleResolvers: true })
export class IndexStatsType {
  @Field(() => String, { description: 'Its name.' })
  declare readonly name: string;

  @Field(() => String, { description: 'The table that it belongs to.' })
  declare readonly table: string;

  @Field(() => BigIntString, { description: 'How often it was used since the statistics began.' })
  declare readonly scans: number;

  @Field(() => BigIntString, { description: 'Its size on the disk.' })
  declare readonly bytes: number;
}

@ObjectType('IndexSuggestion', { description: 'A table that an index may help.', simpleResolvers: true })
export class IndexSuggestionType {
  @Field(() => String, { description: 'Its name.' })
  declare readonly table: string;

  @Field(() => String, { description: 'A sentence with what was measured, and what to do.' })
  declare readonly reason: string;
}

@ObjectType('LockWait', { description: 'A session that waits for a lock of another one.', simpleResolvers: true })
export class LockWaitType {
  @Field(() => Int, { description: 'The process of PostgreSQL that waits.' })
  declare readonly blockedPid: number;

  @Field(() => Int, {
    description: 'The one that holds the lock, or waits in front of it; 0 is a prepared transaction.',
  })
  declare readonly blockingPid: number;

  @Field(() => String, { description: `What waits. ${WITHOUT_LITERALS}` })
  declare readonly blockedQuery: string;

  @Field(() => String, { description: `The last statement of the other session. ${WITHOUT_LITERALS}` })
  declare readonly blockingQuery: string;

  @Field(() => Float, { description: 'For how long.' })
  declare readonly waitingSeconds: number;
}

@ObjectType('DatabaseSession', { description: 'A connection to this database.', simpleResolvers: true })
export class DatabaseSessionType {
  @Field(() => Int, { description: 'Its process of PostgreSQL.' })
  declare readonly pid: number;

  @Field(() => String, { nullable: true, description: 'The role that it works as.' })
  declare readonly user: string | null;

  @Field(() => String, { nullable: true, description: 'The address it comes from; null for a socket of the machine.' })
  declare readonly client: string | null;

  @Field(() => String, { nullable: true, description: 'The program, as it calls itself.' })
  declare readonly application: string | null;

  @Field(() => String, { description: 'Such as active, idle or idle in transaction.' })
  declare readonly state: string;

  @Field(() => Float, { description: 'How long it has been in this state.' })
  declare readonly seconds: number;

  @Field(() => String, { nullable: true, description: `Its statement, or its last one. ${WITHOUT_LITERALS}` })
  declare readonly query: string | null;
}

@ObjectType('DatabaseSessions', {
  description: 'Connections to this database but the one that asks.',
  simpleResolvers: true,
})
export class DatabaseSessionsType {
  @Field(() => Int, { description: 'At work.' })
  declare readonly active: number;

  @Field(() => Int, { description: 'Without a statement.' })
  declare readonly idle: number;

  @Field(() => Int, { description: 'Without a statement within a transaction, which keeps its locks.' })
  declare readonly idleInTransaction: number;

  @Field(() => Int, { description: 'As many as the server allows, to all its databases together.' })
  declare readonly max: number;
}

@ObjectType('DatabaseDiagnostics', { description: 'What PostgreSQL says of itself.', simpleResolvers: true })
export class DatabaseDiagnosticsType {
  @Field(() => String, { description: 'Version of the server.' })
  declare readonly version: string;
}
