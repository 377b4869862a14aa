import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { runItemSchema } from '@/api/getRun';
import { get } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';

const schema = z.looseObject({ items: z.array(runItemSchema), next: z.nullish(z.string()) });

/** The runs of an automation, newest first. */
export function useRuns(id: number, status: string | undefined) {
  const refetchInterval = useRefetchInterval();
  return useInfiniteQuery({
    queryKey: ['runs', id, status],
    queryFn: ({ pageParam }) => get(schema, `/automations/${id}/runs`, { status, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}
