import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type Entity, pageSchema } from '@/api/records';
import { get } from '@/lib/http';

/** What was put into the trash, the last first. */
export function useTrash(entity: Entity, filter: string | undefined, enabled = true) {
  return useInfiniteQuery({
    // Under the entity's own key: whatever changes its list changes its trash.
    queryKey: [entity, 'trash', filter],
    queryFn: ({ pageParam }) => get(pageSchema, `/${entity}/trash`, { filter, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    enabled,
    placeholderData: keepPreviousData,
  });
}
