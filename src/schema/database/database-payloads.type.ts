import { Field, Int, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';

@ObjectType('MaintenancePayload', { description: 'The tables that were vacuumed and analyzed.', simpleResolvers: true })
export class MaintenancePayloadType {
  @Field(() => [String], { description: 'Their names, in the order in which it was done.' })
  declare readonly tables: readonly string[];

  @Field(() => [UserErrorType], { description: 'Why others were not, where they should have been.' })
  declare readonly userErrors: readonly UserErrorType[];
}

@ObjectType('EndSessionsPayload', { description: 'The sessions that were ended.', simpleResolvers: true })
export class EndSessionsPayloadType {
  @Field(() => Int, { description: 'How many.' })
  declare readonly ended: number;

  @Field(() => [UserErrorType], { description: 'Errors that the caller can correct; empty on success.' })
  declare readonly userErrors: readonly UserErrorType[];
}
