import { Arg, Ctx, FieldResolver, Float, Int, Mutation, Query, Resolver } from 'type-graphql';
import {
  DatabaseDiagnosticsType,
  DatabaseSessionsType,
  DatabaseSessionType,
  IndexStatsType,
  IndexSuggestionType,
  LockWaitType,
  SlowQueryType,
  TableStatsType,
} from '../../schema/database/database-diagnostics.type.ts';
import { EndSessionsPayloadType, MaintenancePayloadType } from '../../schema/database/database-payloads.type.ts';
import { indexSuggestions, SLOW_MS, unusedIndexes } from '../../services/database/database-diagnostics.service.ts';
import { actorOf, type Context } from '../context.ts';
import { payload, userErrorsOf } from '../payload.ts';

@Resolver(() => DatabaseDiagnosticsType)
export class DatabaseDiagnosticsResolver {
  @Query(() => DatabaseDiagnosticsType, {
    nullable: true,
    description: 'What PostgreSQL says of itself. Requires ADMIN_SYSTEM_CONFIG.',
  })
  async databaseDiagnostics(@Ctx() { services }: Context): Promise<DatabaseDiagnosticsType> {
    return { version: await services.database.version() };
  }

  @FieldResolver(() => [SlowQueryType], {
    description:
      'Statements of minMeanMs or more on average, 0 to 86,400,000, those first that took most time in total; 1 to 100. From 100 ms on a statement is slow, 500 ms are alarming.',
  })
  async slowQueries(
    @Arg('minMeanMs', () => Float, { defaultValue: SLOW_MS }) minMeanMs: number,
    @Arg('first', () => Int, { defaultValue: 10 }) first: number,
    @Ctx() { services }: Context,
  ): Promise<readonly SlowQueryType[]> {
    return await services.database.slowQueries({ minMeanMs, first });
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'How to let PostgreSQL count statements, where slowQueries is empty because it does not.',
  })
  async message(@Ctx() { services }: Context): Promise<string | null> {
    return await services.database.message();
  }

  @FieldResolver(() => [TableStatsType], { description: 'All tables, the largest first.' })
  async tables(@Ctx() { services }: Context): Promise<readonly TableStatsType[]> {
    return await services.database.tables();
  }

  @FieldResolver(() => [IndexStatsType], { description: 'All indexes, the largest first.' })
  async indexes(@Ctx() { services }: Context): Promise<readonly IndexStatsType[]> {
    return await services.database.indexes();
  }

  @FieldResolver(() => [IndexStatsType], {
    description:
      'Indexes that no statement has used since the statistics began, on this server, the largest first; without those that keep rows unique.',
  })
  async unusedIndexes(@Ctx() { services }: Context): Promise<readonly IndexStatsType[]> {
    return unusedIndexes(await services.database.indexes());
  }

  @FieldResolver(() => [IndexSuggestionType], {
    description: 'Tables that were read whole at least 10 times, with over 1,000 rows on average.',
  })
  async indexSuggestions(@Ctx() { services }: Context): Promise<readonly IndexSuggestionType[]> {
    return indexSuggestions(await services.database.tables());
  }

  @FieldResolver(() => [LockWaitType], { description: 'Who waits for whom, the longest first.' })
  async locks(@Ctx() { services }: Context): Promise<readonly LockWaitType[]> {
    return await services.database.locks();
  }

  @FieldResolver(() => DatabaseSessionsType, { description: 'Connections to this database.' })
  async sessions(@Ctx() { services }: Context): Promise<DatabaseSessionsType> {
    return await services.database.sessionCounts();
  }
}

@Resolver(() => DatabaseSessionsType)
export class DatabaseSessionsResolver {
  @FieldResolver(() => [DatabaseSessionType], {
    description: 'Each of them: those at work first, and those first that have been in their state longest; 1 to 100.',
  })
  async list(
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Ctx() { services }: Context,
  ): Promise<readonly DatabaseSessionType[]> {
    return await services.database.sessions(first);
  }
}

@Resolver()
export class DatabaseMaintenanceResolver {
  @Mutation(() => MaintenancePayloadType, {
    nullable: true,
    description:
      'VACUUM ANALYZE where dead rows ask for it (over 1,000 of them and over 10 %), or on the tables given; for at most five minutes. Requires ADMIN_SYSTEM_CONFIG.',
  })
  runDatabaseMaintenance(
    @Arg('tables', () => [String], { nullable: true }) tables: string[] | null | undefined,
    @Ctx() context: Context,
  ) {
    const actor = actorOf(context);
    return payload({ tables: [] }, async () => {
      const { tables: done, faults } = await context.services.databaseMaintenance.run(actor, tables);
      return { tables: done, userErrors: userErrorsOf(faults) };
    });
  }

  @Mutation(() => EndSessionsPayloadType, {
    nullable: true,
    description:
      'Ends sessions of this database that have been idle for longer, 1 to 86,400 s, within a transaction or without; not those of running processes of Auto Video, of other roles, or with an advisory lock. Requires ADMIN_SYSTEM_CONFIG.',
  })
  endIdleDatabaseSessions(
    @Arg('idleSeconds', () => Int, { defaultValue: 300 }) idleSeconds: number,
    @Ctx() context: Context,
  ) {
    const actor = actorOf(context);
    return payload({ ended: 0 }, async () => ({ ended: await context.services.idleSessions.end(actor, idleSeconds) }));
  }
}
