import { BreakingChangeType, buildSchema, findBreakingChanges, type GraphQLSchema, isObjectType } from 'graphql';

const DATE = /\b(\d{4}-\d{2}-\d{2})\b/;
/** What takes a field, an argument or a value away; it may go when its deprecation named a day, and the day has passed. */
const REMOVALS: ReadonlySet<string> = new Set([
  BreakingChangeType.FIELD_REMOVED,
  BreakingChangeType.ARG_REMOVED,
  BreakingChangeType.VALUE_REMOVED_FROM_ENUM,
]);

/** The changes from the released schema that break clients without an announcement, each as a sentence. */
export function unannouncedChanges(released: string, current: string, today: string): string[] {
  const before = buildSchema(released);
  return findBreakingChanges(before, buildSchema(current))
    .filter(({ type, description }) => !(REMOVALS.has(type) && isAnnounced(before, description, today)))
    .map(({ description }) => description);
}

/** Fields of objects that are deprecated without the day from which they may be missing. */
export function undatedDeprecations(text: string): string[] {
  return Object.values(buildSchema(text).getTypeMap()).flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields())
          .filter(({ deprecationReason }) => deprecationReason != null && !DATE.test(deprecationReason))
          .map((field) => `${type.name}.${field.name}`)
      : [],
  );
}

/** "Type.field was removed." and the like. */
function isAnnounced(before: GraphQLSchema, description: string, today: string): boolean {
  const [typeName = '', member = ''] = (/^([\w.]+)/.exec(description)?.[1] ?? '').split('.');
  const type = before.getType(typeName);
  const reason = isObjectType(type) ? type.getFields()[member]?.deprecationReason : undefined;
  const day = DATE.exec(reason ?? '')?.[1];
  return day !== undefined && day <= today;
}
