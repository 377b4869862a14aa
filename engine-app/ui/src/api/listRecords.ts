import { keepPreviousData, type QueryMeta, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, type Query } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';
import { type Entity, pageSchema } from './records';

export interface RecordQuery {
  filter?: string | undefined;
  sort?: string | undefined;
  fields?: string[] | undefined;
  limit?: number | undefined;
  count?: boolean | undefined;
  /** False leaves out leads that are hidden by their stage or status. */
  hidden?: boolean | undefined;
}

function parameters(query: RecordQuery, cursor: string | null): Query {
  return {
    filter: query.filter,
    sort: query.sort,
    limit: query.limit ?? 50,
    fields: query.fields?.join(','),
    // The total is asked once, with the first page.
    count: query.count && cursor === null ? true : undefined,
    cursor,
    hidden: query.hidden === false ? false : undefined,
  };
}

export function fetchRecords(entity: Entity, query: RecordQuery, cursor: string | null = null) {
  return get(pageSchema, `/${entity}`, parameters(query, cursor));
}

/** Pages of a list, read further as the reader scrolls. */
export function useRecordPages(entity: Entity, query: RecordQuery, enabled = true, meta?: QueryMeta) {
  const refetchInterval = useRefetchInterval(entity === 'leads' || entity === 'opportunities');
  return useInfiniteQuery({
    queryKey: [entity, 'pages', query],
    queryFn: ({ pageParam }) => fetchRecords(entity, query, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    enabled,
    ...(meta && { meta }),
    placeholderData: keepPreviousData,
    // Many pages are not read again by the clock; the stream or the reader does that.
    refetchInterval: (state) => ((state.state.data?.pages.length ?? 0) <= 2 ? refetchInterval : false),
  });
}

/** The first records of a list, for panels and choices. */
export function useRecords(entity: Entity, query: RecordQuery, enabled = true) {
  return useQuery({
    queryKey: [entity, 'some', query],
    queryFn: () => fetchRecords(entity, query),
    enabled,
  });
}
