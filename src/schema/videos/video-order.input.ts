import { Field, InputType } from 'type-graphql';
import { OrderDirection, VideoOrderField } from '../enums.ts';

@InputType('VideoOrder', { description: 'In which order to list videos.' })
export class VideoOrder {
  @Field(() => VideoOrderField, { description: 'By what.' })
  declare readonly field: VideoOrderField;

  @Field(() => OrderDirection, { description: 'Which end first.' })
  declare readonly direction: OrderDirection;
}
