import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { type Entity, singular } from '@/api/records';
import { act, get, type Violation } from '@/lib/http';

export interface NewField {
  key: string;
  label: string;
  type: string;
  mandatory: boolean;
  unique: boolean;
  filterable: boolean;
  options?: string[];
  link?: string;
}

export function useCreateField(entity: Entity) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (field: NewField) => act('POST', `/schema/${singular(entity)}/fields`, field),
    onSuccess: () => client.invalidateQueries({ queryKey: ['schema'] }),
  });
}

export function useDeleteField(entity: Entity) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, confirm, force }: { key: string; confirm: number; force: boolean }) =>
      act('DELETE', `/schema/${singular(entity)}/fields/${key}`, undefined, { confirm, force }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['schema'] });
      void client.invalidateQueries({ queryKey: ['automations'] });
      void client.invalidateQueries({ queryKey: ['automation'] });
      void client.invalidateQueries({ queryKey: ['table-definitions'] });
    },
  });
}

/** How many records have a value in a field. */
export function useValueCount(entity: Entity, key: string) {
  return useQuery({
    queryKey: ['field-values', entity, key],
    queryFn: async () =>
      (await get(z.looseObject({ count: z.number() }), `/schema/${singular(entity)}/fields/${key}/values`))
        .count,
    staleTime: 0,
    gcTime: 0,
  });
}

/** Where one sees what uses a field; what users made for themselves nobody else sees. */
const PLACES: Record<string, ((id: string) => string) | undefined> = {
  automation: (id) => `/automations/${id}`,
  'table-definition': () => '/settings/tables',
  'lead-view': () => '/settings/lead-views',
};

interface FieldUse {
  href: string | undefined;
  key: string;
  name: string;
}

/** What a refused deletion says uses the field; a violation's field is "automation/7", its value the name. */
export function usesOf(violations: Violation[]): FieldUse[] {
  return violations.flatMap(({ field, value }) => {
    const [, kind, id] = /^([a-z-]+)\/(\d+)$/.exec(field) ?? [];
    if (kind === undefined || id === undefined) return [];
    return [{ href: PLACES[kind]?.(id), key: field, name: value ?? `#${id}` }];
  });
}

/** A key in lower camel case from the label that a person typed. */
export function keyFrom(label: string): string {
  const words = label
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .split(' ')
    .filter(Boolean);
  const key = words
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join('');
  return /^\d/.test(key) ? `f${key}` : key;
}
