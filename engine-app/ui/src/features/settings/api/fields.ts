import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { Field } from '@/api/getSchema';
import { type Entity, singular } from '@/api/records';
import { act, get, type Violation } from '@/lib/http';

export interface NewField {
  /** None to have it made from the name (SET-093). */
  key?: string;
  label: string;
  placeholder: string;
  help: string;
  type: string;
  mandatory: boolean;
  unique: boolean;
  filterable: boolean;
  listed?: boolean;
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

/** How many records have a value in a field, and how many leads of lead lists. */
export function useValueCount(entity: Entity, key: string) {
  return useQuery({
    queryKey: ['field-values', entity, key],
    queryFn: () =>
      get(
        z.looseObject({ count: z.number(), listLeads: z.nullish(z.number()) }),
        `/schema/${singular(entity)}/fields/${key}/values`,
      ),
    staleTime: 0,
    gcTime: 0,
  });
}

/** Where one sees what uses a field; what users made for themselves nobody else sees. */
const PLACES: Record<string, ((id: string) => string) | undefined> = {
  automation: (id) => `/automations/${id}`,
  'table-definition': () => '/settings/tables',
  'lead-view': () => '/settings/lead-views',
  'lead-integration': (id) => `/settings/lead-integrations?integration=${id}&tab=fields`,
  'smart-list': () => '/lists',
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

/** What to change of how a field looks; mandatory, unique, filterable and options only of a custom one. */
export interface FieldChange {
  label?: string;
  placeholder?: string;
  help?: string;
  disabled?: boolean;
  criterion?: boolean;
  listed?: boolean;
  mandatory?: boolean;
  unique?: boolean;
  filterable?: boolean;
  options?: string[];
}

export function useChangeField(entity: Entity) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ field, change }: { field: Field; change: FieldChange }) =>
      act('PATCH', `/schema/${singular(entity)}/looks/${field.key}`, {
        version: field.lookVersion ?? 0,
        ...change,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['schema'] }),
  });
}

/** Puts the fields in another order, which is shown at once; one order is saved after the other. */
export function useOrderFields(entity: Entity) {
  const client = useQueryClient();
  const queryKey = ['schema', entity];
  const mutationKey = ['field-order', entity];
  return useMutation({
    mutationKey,
    scope: { id: mutationKey.join('-') },
    mutationFn: ({ before, order }: { before: Field[]; order: Field[] }) =>
      act('PUT', `/schema/${singular(entity)}/order`, {
        before: before.map(({ id }) => id),
        order: order.map(({ id }) => id),
      }),
    onMutate: async ({ order }) => {
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, order);
    },
    onSettled: () => {
      if (client.isMutating({ mutationKey }) === 1) void client.invalidateQueries({ queryKey });
    },
  });
}

/** What works with a field, and goes on when it is disabled. */
export function useFieldUses(entity: Entity, key: string) {
  return useQuery({
    queryKey: ['field-uses', entity, key],
    queryFn: async () =>
      (
        await get(
          z.looseObject({
            items: z.array(z.looseObject({ kind: z.string(), id: z.number(), name: z.string() })),
          }),
          `/schema/${singular(entity)}/looks/${key}/uses`,
        )
      ).items.map(({ kind, id, name }) => ({
        key: `${kind}/${id}`,
        kind,
        name,
        href: PLACES[kind]?.(String(id)),
      })),
    staleTime: 0,
    gcTime: 0,
  });
}
