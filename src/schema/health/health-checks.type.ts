import { Field, Float, Int, ObjectType } from 'type-graphql';
import { HealthStatus } from '../enums.ts';
import { BigIntString } from '../scalars.ts';

@ObjectType('PoolStats', { description: 'A pool of database connections.', simpleResolvers: true })
export class PoolStatsType {
  @Field(() => Int, { description: 'Open connections.' })
  declare readonly total: number;

  @Field(() => Int, { description: 'Open and free.' })
  declare readonly idle: number;

  @Field(() => Int, { description: 'Open and taken.' })
  declare readonly used: number;

  @Field(() => Int, { description: 'Requests that wait for one.' })
  declare readonly waiting: number;

  @Field(() => Int, { description: 'At most so many are opened.' })
  declare readonly max: number;

  @Field(() => Float, { description: 'Share of max that is taken, 0 to 100.' })
  declare readonly usagePercentage: number;

  @Field(() => Int, { description: 'Held for over five minutes.' })
  declare readonly longRunning: number;
}

@ObjectType('DatabaseHealth', { description: 'How PostgreSQL does.', simpleResolvers: true })
export class DatabaseHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => Float, { nullable: true, description: 'Milliseconds its answer took; null where it gave none.' })
  declare readonly latencyMs: number | null;

  @Field(() => PoolStatsType, { description: 'Our connections to it.' })
  declare readonly pool: PoolStatsType;

  @Field(() => String, { nullable: true, description: 'What is wrong, or what to know.' })
  declare readonly message: string | null;
}

@ObjectType('RedisHealth', { description: 'How Redis does.', simpleResolvers: true })
export class RedisHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => Float, { nullable: true, description: 'Milliseconds its answer took; null where it gave none.' })
  declare readonly latencyMs: number | null;

  @Field(() => BigIntString, { nullable: true, description: 'Memory it uses.' })
  declare readonly memoryBytes: number | null;

  @Field(() => String, { nullable: true, description: 'What is wrong, or what to know.' })
  declare readonly message: string | null;
}

@ObjectType('ProvidersHealth', { description: 'How the providers of content do.', simpleResolvers: true })
export class ProvidersHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => Int, { description: 'Providers that work.' })
  declare readonly healthy: number;

  @Field(() => Int, { description: 'Providers that are configured.' })
  declare readonly total: number;

  @Field(() => String, { nullable: true, description: 'What is wrong, or what to know.' })
  declare readonly message: string | null;
}

@ObjectType('StorageHealth', { description: 'Whether files can be written and read.', simpleResolvers: true })
export class StorageHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => Float, { nullable: true, description: 'Milliseconds the trial took; null where it failed.' })
  declare readonly latencyMs: number | null;

  @Field(() => String, { nullable: true, description: 'What is wrong, or what to know.' })
  declare readonly message: string | null;
}

@ObjectType('FfmpegHealth', { description: 'Whether FFmpeg can be run.', simpleResolvers: true })
export class FfmpegHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => String, { nullable: true, description: 'As it names itself.' })
  declare readonly version: string | null;

  @Field(() => String, { nullable: true, description: 'What is wrong, or what to know.' })
  declare readonly message: string | null;
}

@ObjectType('DiskHealth', { description: 'How much room there is.', simpleResolvers: true })
export class DiskHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => BigIntString, { description: 'Free.' })
  declare readonly freeBytes: number;

  @Field(() => BigIntString, { description: 'Free and taken.' })
  declare readonly totalBytes: number;

  @Field(() => Float, { description: 'Share that is taken, 0 to 100.' })
  declare readonly percentageUsed: number;

  @Field(() => String, { nullable: true, description: 'What is wrong, or what to know.' })
  declare readonly message: string | null;
}

@ObjectType('WorkersHealth', { description: 'How the workers do.', simpleResolvers: true })
export class WorkersHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => Int, { description: 'Workers that gave a sign of life lately.' })
  declare readonly activeWorkers: number;

  @Field(() => Int, { description: 'Jobs that wait for one.' })
  declare readonly pendingJobs: number;

  @Field(() => String, { nullable: true, description: 'What is wrong, or what to know.' })
  declare readonly message: string | null;
}

@ObjectType('HealthChecks', { description: 'The parts that a working installation needs.', simpleResolvers: true })
export class HealthChecksType {
  @Field(() => DatabaseHealthType, { description: 'PostgreSQL.' })
  declare readonly database: DatabaseHealthType;

  @Field(() => RedisHealthType, { description: 'Redis.' })
  declare readonly redis: RedisHealthType;

  @Field(() => WorkersHealthType, { description: 'Those who make the videos.' })
  declare readonly workers: WorkersHealthType;

  @Field(() => DiskHealthType, { description: 'Free space where files are kept.' })
  declare readonly disk: DiskHealthType;

  @Field(() => FfmpegHealthType, { description: 'The program that cuts and encodes.' })
  declare readonly ffmpeg: FfmpegHealthType;

  @Field(() => StorageHealthType, { description: 'Where finished files go.' })
  declare readonly storage: StorageHealthType;

  @Field(() => ProvidersHealthType, { description: 'Those who make content.' })
  declare readonly providers: ProvidersHealthType;
}
