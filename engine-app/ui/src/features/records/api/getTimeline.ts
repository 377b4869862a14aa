import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { type Entity, singular } from '@/api/records';
import { get } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';

const text = z.nullish(z.string());

export const causeSchema = z.looseObject({
  kind: text,
  userId: z.nullish(z.number()),
  userName: text,
  reference: text,
  automation: z.nullish(
    z.looseObject({
      id: z.nullish(z.number()),
      name: text,
      runId: z.nullish(z.number()),
      card: text,
      cardName: text,
    }),
  ),
});
export type CauseData = z.infer<typeof causeSchema>;

export const changeSchema = z.looseObject({
  field: z.string(),
  label: text,
  before: z.nullish(z.unknown()),
  after: z.nullish(z.unknown()),
});

export const timelineItemSchema = z.looseObject({
  id: z.nullish(z.union([z.string(), z.number()])),
  at: z.string(),
  kind: z.string(),
  title: text,
  detail: text,
  ref: text,
  changes: z.nullish(z.array(changeSchema)),
  appointment: z.nullish(
    z.looseObject({ start: z.string(), end: z.string(), status: z.string(), before: text }),
  ),
  cause: z.nullish(causeSchema),
});
export type TimelineItem = z.infer<typeof timelineItemSchema>;

/** What a timeline can be narrowed to. */
export const TIMELINE_KINDS = [
  'activities',
  'notes',
  'tasks',
  'messages',
  'files',
  'appointments',
  'changes',
  'automations',
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

const schema = z.looseObject({ items: z.array(timelineItemSchema), next: z.nullish(z.string()) });

/**
 * What happened to a record, newest first: its own changes and, for leads, all around it. What happens to a task stands in
 * the timeline of its lead; its own page shows its own changes.
 */
export function useTimeline(entity: Entity, id: number, kinds: readonly TimelineKind[]) {
  const refetchInterval = useRefetchInterval();
  return useInfiniteQuery({
    queryKey: [singular(entity), id, 'timeline', kinds],
    queryFn: ({ pageParam }) =>
      get(schema, `/${entity}/${id}/${entity === 'tasks' ? 'history' : 'timeline'}`, {
        cursor: pageParam,
        kinds: kinds.length > 0 ? kinds.join(',') : undefined,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}
