import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { runItemSchema } from '@/api/getRun';
import type { Entity } from '@/api/records';
import { get } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';

const schema = z.looseObject({ items: z.array(runItemSchema), next: z.nullish(z.string()) });

/** The runs of automations about a record, newest first: those that go on, or those that have ended. */
export function useRecordRuns(entity: Entity, id: number, open: boolean) {
  const refetchInterval = useRefetchInterval();
  return useInfiniteQuery({
    // Read again with whatever else shows runs.
    queryKey: ['runs', 'of', entity, id, open],
    queryFn: ({ pageParam }) => get(schema, `/${entity}/${id}/runs`, { open, cursor: pageParam, limit: 20 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}
