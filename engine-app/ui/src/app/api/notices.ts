import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, get } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';

const text = z.nullish(z.string());
const noticeSchema = z.looseObject({
  id: z.number(),
  at: z.string(),
  title: z.string(),
  text,
  /** The record or automation that it is about, such as lead/7. */
  ref: text,
  recordName: text,
  runId: z.nullish(z.number()),
  /** The page that it leads to, when it is about none of those. */
  place: text,
  read: z.boolean(),
});
export type Notice = z.infer<typeof noticeSchema>;

const schema = z.looseObject({ items: z.array(noticeSchema), next: text, unread: z.number() });
const key = ['notices'];

/** What the reader was told: the unread first, each part newest first. */
export function useNotices() {
  const refetchInterval = useRefetchInterval();
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => get(schema, '/notices', { limit: 20, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) <= 2 ? refetchInterval : false),
  });
}

export function useReadNotices() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (which: { ids: number[] } | { all: true }) => act('POST', '/notices/read', which),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}
