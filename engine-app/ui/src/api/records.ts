import * as z from 'zod/mini';

/** The kinds of record that have pages of their own, by their name in addresses. */
export const ENTITIES = [
  'leads',
  'contacts',
  'accounts',
  'opportunities',
  'tasks',
  'activities',
  'notes',
] as const;
export type Entity = (typeof ENTITIES)[number];

const SINGULAR = {
  leads: 'lead',
  contacts: 'contact',
  accounts: 'account',
  opportunities: 'opportunity',
  tasks: 'task',
  activities: 'activity',
  notes: 'note',
} as const;
export type EntityKey = (typeof SINGULAR)[Entity];

export function singular(entity: Entity): EntityKey {
  return SINGULAR[entity];
}

export function plural(key: string): Entity | undefined {
  return ENTITIES.find((entity) => SINGULAR[entity] === key.toLowerCase());
}

export const recordSchema = z.looseObject({
  id: z.number(),
  version: z.number(),
  values: z.record(z.string(), z.unknown()),
  tags: z.nullish(z.array(z.string())),
  type: z.nullish(z.string()),
  trashedAt: z.nullish(z.string()),
  /** This record, when another one was asked for that has become part of it. */
  mergedInto: z.nullish(z.number()),
});
export type RecordData = z.infer<typeof recordSchema>;

export const pageSchema = z.looseObject({
  items: z.array(recordSchema),
  next: z.nullish(z.string()),
  total: z.nullish(z.number()),
});
export type RecordPage = z.infer<typeof pageSchema>;

/** The value of a text field, empty when it has none. */
export function text(record: RecordData | undefined, field: string): string {
  const value = record?.values[field];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** What a record is called in lists, titles and dialogs. */
export function titleOf(entity: Entity, record: RecordData): string {
  const full = [text(record, 'firstName'), text(record, 'lastName')].filter(Boolean).join(' ');
  return (
    text(record, 'name') ||
    full ||
    text(record, 'title') ||
    text(record, 'subject') ||
    text(record, 'text').slice(0, 60) ||
    text(record, 'email') ||
    `${singular(entity)} ${record.id}`
  );
}
