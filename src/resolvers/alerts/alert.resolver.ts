import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  type SubscribeResolverData,
  Subscription,
} from 'type-graphql';
import { AlertPriority } from '../../entities/enums.ts';
import { encodeId } from '../../ids.ts';
import { AlertConnectionType, AlertPayloadType, AlertsArgs, AlertType } from '../../schema/alerts/alert.type.ts';
import type { UserView } from '../../services/accounts/user-sql.ts';
import { alertCursorOf } from '../../services/alerts/alert.service.ts';
import type { AlertView } from '../../services/alerts/alert-reads-sql.ts';
import { actorOf, type Context } from '../context.ts';
import { connectionOf, type ListConnection } from '../list-connection.ts';
import { pageSizeOf } from '../page.ts';
import { idOf, payload } from '../payload.ts';

interface ChangedArguments {
  readonly priority?: AlertPriority | null;
}

/** The guard runs before it: no source is opened for a caller who may not see alerts. */
async function openChanges({
  args,
  context,
}: SubscribeResolverData<unknown, ChangedArguments, Context>): Promise<AsyncIterable<AlertView>> {
  return await context.services.alertWatch.open(args.priority);
}

@Resolver(() => AlertType)
export class AlertResolver {
  @Mutation(() => AlertPayloadType, {
    nullable: true,
    description:
      'Says that someone has taken the alert on, so that it is not escalated. Again changes nothing. Requires ADMIN_ANALYTICS_VIEW.',
  })
  acknowledgeAlert(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    const { alerts } = context.services;
    return payload({ alert: null }, async () => ({
      alert: await alerts.acknowledge(actorOf(context), idOf('alert', id)),
    }));
  }

  @Subscription(() => AlertType, {
    subscribe: openChanges,
    description: 'Each alert as it is raised, acknowledged or resolved. Requires ADMIN_ANALYTICS_VIEW.',
  })
  alertChanged(
    @Root() alert: AlertView,
    @Arg('priority', () => AlertPriority, { nullable: true }) _priority: AlertPriority | null | undefined,
  ): AlertView {
    return alert;
  }

  @FieldResolver()
  id(@Root() alert: AlertView): string {
    return encodeId('alert', alert.id);
  }

  @FieldResolver()
  async acknowledgedBy(@Root() { acknowledgedBy }: AlertView, @Ctx() { loaders }: Context): Promise<UserView | null> {
    return acknowledgedBy === null ? null : await loaders.users.load(acknowledgedBy);
  }
}

@Resolver(() => AlertConnectionType)
export class AlertsResolver {
  @Query(() => AlertConnectionType, {
    nullable: true,
    description:
      'What operators have to know, newest first; 1 to 100 a page, 20 by default. Requires ADMIN_ANALYTICS_VIEW.',
  })
  async alerts(
    @Args(() => AlertsArgs) { first, after, ...filter }: AlertsArgs,
    @Ctx() { services }: Context,
  ): Promise<ListConnection<AlertView>> {
    const page = await services.alerts.page({ first: pageSizeOf(first), after, ...filter });
    return connectionOf(page, alertCursorOf, () => services.alerts.count(filter));
  }

  @FieldResolver()
  async totalCount(@Root() connection: ListConnection<AlertView>): Promise<number> {
    return await connection.count();
  }
}
