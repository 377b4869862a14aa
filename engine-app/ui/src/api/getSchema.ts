import { queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
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
  /** Only the role of the reader keeps it from being written: automations write it. */
  kept: flag,
  mandatory: flag,
  unique: flag,
  filterable: flag,
  slot: z.nullish(z.string()),
  options: z.nullish(z.array(z.string())),
  link: z.nullish(z.string()),
  operators: z.nullish(z.array(z.pipe(z.string(), z.transform(camel)))),
  /** What stands in its empty input (SET-096). */
  placeholder: z.nullish(z.string()),
  help: z.nullish(z.string()),
  /** Gone from forms, lists and filters; its values are kept (LEAD-129). */
  disabled: flag,
  /** A mandatory one of the form, which cannot be disabled (LEAD-130). */
  fixed: flag,
  /** A delivered one that has another name here. */
  renamed: flag,
  /** Whether filters offer it (LEAD-077). */
  criterion: flag,
  /** Whether lists show it to who has chosen no columns; none for what they usually show. */
  listed: flag,
  /** Whether somebody has put the fields in order. */
  ordered: flag,
  lookVersion: z.nullish(z.number()),
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

/** Fields of Leadloom that nobody has renamed are called in the language of the reader. */
function inWords(entity: Entity, fields: Field[], i18n: Words): Field[] {
  return fields.map((field) => {
    if (field.system !== true || field.renamed === true) return field;
    const key = [`fieldLabels.${entity}.${field.key}`, `fieldLabels.${field.key}`].find((one) =>
      i18n.exists(one),
    );
    return key === undefined ? field : { ...field, label: i18n.t(key as 'fieldLabels.name') };
  });
}

type Words = ReturnType<typeof useTranslation>['i18n'];

/** Names fields in the language of the reader; another function when that changes. */
export function useFieldWords(): (entity: Entity, fields: Field[]) => Field[] {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useCallback(
    (entity, fields) => (language === 'en' ? fields : inWords(entity, fields, i18n)),
    [i18n, language],
  );
}

const inUse = (fields: Field[]) => fields.filter((field) => field.disabled !== true);

/** The fields of an entity that are in use, in display order. */
export function useFields(entity: Entity, enabled = true) {
  const words = useFieldWords();
  const select = useCallback((fields: Field[]) => inUse(words(entity, fields)), [entity, words]);
  return useQuery({ ...fieldsQuery(entity), enabled, select });
}

/** The disabled ones as well: for what goes on with them, and says how they are called. */
export function useAllFields(entity: Entity, enabled = true) {
  const words = useFieldWords();
  const select = useCallback((fields: Field[]) => words(entity, fields), [entity, words]);
  return useQuery({ ...fieldsQuery(entity), enabled, select });
}

/** The columns of a list for who has chosen none: they follow what administrators say of the fields (LEAD-083). */
export function listedColumns(fields: readonly Field[], usual: readonly string[]): string[] {
  const known = new Map(fields.map((field) => [field.key, field]));
  const kept = usual.filter((key) => known.get(key)?.listed !== false);
  const added = fields.filter((field) => field.listed === true && !usual.includes(field.key));
  const keys = [...kept, ...added.map((field) => field.key)];
  if (!fields.some((field) => field.ordered === true)) return keys;
  const first = keys[0];
  const places = new Map(fields.map((field, index) => [field.key, index]));
  // What opens the record stays in front.
  const rest = keys
    .slice(1)
    .sort((a, b) => (places.get(a) ?? fields.length) - (places.get(b) ?? fields.length));
  return first === undefined ? [] : [first, ...rest];
}
