import { queryOptions, useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';
import { type Entity, singular } from './records';

export const FIELD_TYPES = [
  'text',
  'longText',
  'wholeNumber',
  'decimal',
  'money',
  'boolean',
  'date',
  'dateTime',
  'dropdown',
  'multiSelect',
  'email',
  'phone',
  'url',
  'user',
  'recordLink',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** LONG_TEXT, long-text and longText all mean longText. */
function camel(name: string): string {
  if (/[a-z]/.test(name) && !/[_-]/.test(name)) return name;
  return name.toLowerCase().replace(/[_-](\w)/g, (_, letter: string) => letter.toUpperCase());
}

const flag = z.nullish(z.boolean());

export const fieldSchema = z.looseObject({
  id: z.nullish(z.number()),
  key: z.string(),
  label: z.string(),
  type: z.pipe(z.string(), z.transform(camel)),
  activityType: z.nullish(z.string()),
  system: flag,
  readOnly: flag,
  mandatory: flag,
  unique: flag,
  filterable: flag,
  slot: z.nullish(z.string()),
  options: z.nullish(z.array(z.string())),
  link: z.nullish(z.string()),
  operators: z.nullish(z.array(z.pipe(z.string(), z.transform(camel)))),
});
export type Field = z.infer<typeof fieldSchema>;

const schema = z.union([z.array(fieldSchema), z.looseObject({ fields: z.array(fieldSchema) })]);

export async function fetchFields(entity: Entity): Promise<Field[]> {
  const answer = await get(schema, `/schema/${singular(entity)}`);
  return Array.isArray(answer) ? answer : answer.fields;
}

/** How the fields of an entity are read. */
export function fieldsQuery(entity: Entity) {
  return queryOptions({
    queryKey: ['schema', entity],
    queryFn: () => fetchFields(entity),
    staleTime: 5 * 60_000,
  });
}

/** The fields of an entity in display order. */
export function useFields(entity: Entity, enabled = true) {
  return useQuery({ ...fieldsQuery(entity), enabled });
}
