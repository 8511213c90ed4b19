import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { encodeId } from '../../ids.ts';
import { BackupPayloadType, BackupType } from '../../schema/backups/backup.type.ts';
import type { BackupView } from '../../services/backups/backup-store.ts';
import { actorOf, type Context } from '../context.ts';
import { pageSizeOf } from '../page.ts';
import { payload } from '../payload.ts';

@Resolver(() => BackupType)
export class BackupResolver {
  @Query(() => [BackupType], {
    nullable: true,
    description: 'The backups that were begun, newest first; 1 to 100 of them. Requires ADMIN_SYSTEM_CONFIG.',
  })
  async backups(
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Ctx() { services }: Context,
  ): Promise<BackupView[]> {
    return await services.backups.list(pageSizeOf(first));
  }

  @Mutation(() => BackupPayloadType, {
    nullable: true,
    description:
      'Starts a backup in the background; one at a time, else CONFLICT. Ask for it with node or backups. Requires ADMIN_SYSTEM_CONFIG.',
  })
  startBackup(@Ctx() context: Context) {
    return payload({ backup: null }, async () => ({
      backup: await context.services.backups.start(actorOf(context)),
    }));
  }

  @FieldResolver()
  id(@Root() backup: BackupView): string {
    return encodeId('backup', backup.id);
  }
}
