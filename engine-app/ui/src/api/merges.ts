import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { recordChanged } from './changeRecord';
import { type Entity, recordSchema, singular } from './records';
import { call, get } from '@/lib/http';

/** The kinds of record that can be merged. */
export const MERGED = ['leads', 'contacts', 'accounts'] as const;
export type Mergeable = (typeof MERGED)[number];

export function mergeable(entity: Entity): entity is Mergeable {
  return MERGED.some((one) => one === entity);
}

/** The most records of one merge, with the one that stays. */
export const MOST_MERGED = 10;

const candidateSchema = z.extend(recordSchema, {
  mayKeep: z.boolean(),
  bar: z.nullish(z.string()),
  related: z.record(z.string(), z.number()),
});
export type Candidate = z.infer<typeof candidateSchema>;

const candidatesSchema = z.looseObject({
  items: z.array(candidateSchema),
  suggested: z.number(),
  fields: z.array(z.string()),
  /** One of them has been converted: only that one may stay, with its values. */
  fixed: z.optional(z.boolean()),
});
export type Candidates = z.infer<typeof candidatesSchema>;

export function useCandidates(entity: Mergeable, ids: number[]) {
  return useQuery({
    queryKey: [entity, 'merge', ids],
    queryFn: () => get(candidatesSchema, `/${entity}/merge`, { ids: ids.join(',') }),
    enabled: ids.length > 1,
    // Choices stand on the versions that were read.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

export interface MergeOrder {
  survivor: number;
  version: number;
  records: { id: number; version: number }[];
  take: Record<string, number>;
}

const mergedSchema = z.looseObject({ record: recordSchema, merge: z.number() });

function changed(client: QueryClient, entity: Mergeable) {
  recordChanged(client, entity);
  // Also the pages of the records that have gone, and names of links to them.
  void client.invalidateQueries({ queryKey: [singular(entity)] });
  void client.invalidateQueries({ queryKey: ['name', entity] });
}

export function useMerge(entity: Mergeable) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ survivor, ...body }: MergeOrder) =>
      call('POST', mergedSchema, `/${entity}/${survivor}/merge`, body),
    onSuccess: () => changed(client, entity),
  });
}

const mergeSchema = z.looseObject({
  id: z.number(),
  at: z.string(),
  userId: z.nullish(z.number()),
  records: z.array(z.looseObject({ id: z.number(), name: z.nullish(z.string()) })),
  undoableUntil: z.nullish(z.string()),
});
export type Merge = z.infer<typeof mergeSchema>;

/** The merges into a record. */
export function useMerges(entity: Mergeable, id: number) {
  return useQuery({
    queryKey: [singular(entity), id, 'merges'],
    queryFn: () => get(z.looseObject({ items: z.array(mergeSchema) }), `/${entity}/${id}/merges`),
  });
}

const reportSchema = z.looseObject({
  kept: z.array(z.looseObject({ field: z.string(), label: z.string(), value: z.unknown() })),
  elsewhere: z.number(),
});

/** What would not become as it was. */
export function useUndoCheck(entity: Mergeable, id: number, merge: number | null) {
  return useQuery({
    queryKey: [singular(entity), id, 'merges', merge, 'undo'],
    queryFn: () => get(reportSchema, `/${entity}/${id}/merges/undo`, { merge }),
    enabled: merge !== null,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

export function useUndoMerge(entity: Mergeable, id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (merge: number) => call('POST', reportSchema, `/${entity}/${id}/merges/undo`, { merge }),
    onSuccess: () => changed(client, entity),
  });
}
