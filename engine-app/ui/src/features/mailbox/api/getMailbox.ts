import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';

const item = {
  id: z.number(),
  channel: z.nullish(z.string()),
  ref: z.nullish(z.string()),
  to: z.string(),
  subject: z.nullish(z.string()),
  at: z.string(),
};
const listSchema = z.looseObject({
  items: z.array(z.looseObject({ ...item, preview: z.nullish(z.string()) })),
  next: z.nullish(z.string()),
});
const mailSchema = z.looseObject({ ...item, text: z.nullish(z.string()), html: z.nullish(z.string()) });

/** Messages that would have left the house if a server were set up, newest first. */
export function useMailbox(search: string) {
  const refetchInterval = useRefetchInterval(false);
  return useInfiniteQuery({
    queryKey: ['mailbox', 'list', search],
    queryFn: ({ pageParam }) => get(listSchema, '/mailbox', { search, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

export function useMail(id: number | undefined) {
  return useQuery({
    queryKey: ['mailbox', 'mail', id],
    queryFn: () => get(mailSchema, `/mailbox/${id ?? 0}`),
    enabled: id !== undefined,
    staleTime: Infinity,
  });
}
