import { Field, Float, Int, ObjectType } from 'type-graphql';
import { HealthStatus } from '../enums.ts';
import { BigIntString } from '../scalars.ts';

@ObjectType('PoolStats', { description: 'A pool of database connections.', simpleResolvers: true })
export class PoolStatsType {
  @Field(() => Int, { description: 'Open connections.' })
  declare readonly total: number;

  @Field(() => Int, { description: 'Open and free.' })
  declare readonly idle: number;

  @Field(() => Int, { description: 'Open and in use.' })
  declare readonly used: number;

  @Field(() => Int, { description: 'Requests that wait for a connection.' })
  declare readonly waiting: number;

  @Field(() => Int, { description: 'The maximum number of connections.' })
  declare readonly max: number;

  @Field(() => Float, { description: 'Share of max that is in use, 0 to 100.' })
  declare readonly usagePercentage: number;

  @Field(() => Int, { description: 'In use for over five minutes.' })
  declare readonly longRunning: number;
}

@ObjectType('ReplicaHealth', { description: 'A replica of PostgreSQL.', simpleResolvers: true })
export class ReplicaHealthType {
  @Field(() => String, { description: 'Its host and port.' })
  declare readonly name: string;

  @Field(() => Float, {
    nullable: true,
    description:
      'How long ago the primary was where the replica is, in steps of 0.2 s; null while it is not used: unreachable, or 5 s behind or more.',
  })
  declare readonly lagSeconds: number | null;

  @Field(() => PoolStatsType, { description: 'Connections of this process to it.' })
  declare readonly pool: PoolStatsType;
}

@ObjectType('DatabaseHealth', { description: 'State of PostgreSQL.', simpleResolvers: true })
export class DatabaseHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => Float, { nullable: true, description: 'Milliseconds until its answer; null without an answer.' })
  declare readonly latencyMs: number | null;

  @Field(() => PoolStatsType, { description: 'Connections of this process to it.' })
  declare readonly pool: PoolStatsType;

  @Field(() => String, { nullable: true, description: 'A problem or a remark, if there is one.' })
  declare readonly message: string | null;
}

@ObjectType('RedisHealth', { description: 'State of Redis.', simpleResolvers: true })
export class RedisHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => Float, { nullable: true, description: 'Milliseconds until its answer; null without an answer.' })
  declare readonly latencyMs: number | null;

  @Field(() => BigIntString, { nullable: true, description: 'Memory it uses.' })
  declare readonly memoryBytes: number | null;

  @Field(() => String, { nullable: true, description: 'A problem or a remark, if there is one.' })
  declare readonly message: string | null;
}

@ObjectType('ProvidersHealth', { description: 'State of the content providers.', simpleResolvers: true })
export class ProvidersHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => Int, { description: 'Providers that work.' })
  declare readonly healthy: number;

  @Field(() => Int, { description: 'Providers that are configured.' })
  declare readonly total: number;

  @Field(() => String, { nullable: true, description: 'A problem or a remark, if there is one.' })
  declare readonly message: string | null;
}

@ObjectType('StorageHealth', { description: 'Whether files can be written and read.', simpleResolvers: true })
export class StorageHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => Float, { nullable: true, description: 'Milliseconds of a trial write and read; null on failure.' })
  declare readonly latencyMs: number | null;

  @Field(() => String, { nullable: true, description: 'A problem or a remark, if there is one.' })
  declare readonly message: string | null;
}

@ObjectType('FfmpegHealth', { description: 'Whether FFmpeg can be run.', simpleResolvers: true })
export class FfmpegHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => String, { nullable: true, description: 'Its version, as it reports it.' })
  declare readonly version: string | null;

  @Field(() => String, { nullable: true, description: 'A problem or a remark, if there is one.' })
  declare readonly message: string | null;
}

@ObjectType('DiskHealth', { description: 'Free disk space.', simpleResolvers: true })
export class DiskHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => BigIntString, { description: 'Free.' })
  declare readonly freeBytes: number;

  @Field(() => BigIntString, { description: 'Free and used bytes.' })
  declare readonly totalBytes: number;

  @Field(() => Float, { description: 'Used share, 0 to 100.' })
  declare readonly percentageUsed: number;

  @Field(() => String, { nullable: true, description: 'A problem or a remark, if there is one.' })
  declare readonly message: string | null;
}

@ObjectType('WorkersHealth', { description: 'State of the workers.', simpleResolvers: true })
export class WorkersHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => Int, { description: 'Workers with a recent heartbeat.' })
  declare readonly activeWorkers: number;

  @Field(() => Int, { description: 'Jobs that wait for a worker.' })
  declare readonly pendingJobs: number;

  @Field(() => String, { nullable: true, description: 'A problem or a remark, if there is one.' })
  declare readonly message: string | null;
}

@ObjectType('HealthChecks', { description: 'The parts that a working installation needs.', simpleResolvers: true })
export class HealthChecksType {
  @Field(() => DatabaseHealthType, { description: 'PostgreSQL.' })
  declare readonly database: DatabaseHealthType;

  @Field(() => RedisHealthType, { description: 'Redis.' })
  declare readonly redis: RedisHealthType;

  @Field(() => WorkersHealthType, { description: 'The workers that make the videos.' })
  declare readonly workers: WorkersHealthType;

  @Field(() => DiskHealthType, { description: 'Free space where files are stored.' })
  declare readonly disk: DiskHealthType;

  @Field(() => FfmpegHealthType, { description: 'The program that cuts and encodes.' })
  declare readonly ffmpeg: FfmpegHealthType;

  @Field(() => StorageHealthType, { description: 'The storage for finished files.' })
  declare readonly storage: StorageHealthType;

  @Field(() => ProvidersHealthType, { description: 'The providers of content.' })
  declare readonly providers: ProvidersHealthType;
}
