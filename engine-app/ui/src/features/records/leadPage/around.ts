import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { type Entity, recordSchema, singular } from '@/api/records';
import { get } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';

const someSchema = z.nullish(
  z.looseObject({
    total: z.number(),
    items: z.array(recordSchema),
    /** What lists ask for to show all of them. */
    filter: z.string(),
  }),
);
const aroundSchema = z.looseObject({ tasks: someSchema, activities: someSchema, related: someSchema });
export type Around = z.infer<typeof aroundSchema>;

/** How many records of each kind belong to a lead, and the newest of them (LEAD-126). */
export function useAround(id: number, enabled: boolean) {
  const refetchInterval = useRefetchInterval();
  return useQuery({
    queryKey: ['lead', id, 'around'],
    queryFn: () => get(aroundSchema, `/leads/${id}/around`),
    enabled,
    refetchInterval,
  });
}

const text = z.nullish(z.string());
const messageSchema = z.looseObject({
  id: z.number(),
  channel: z.enum(['email', 'sms', 'whatsapp']),
  status: z.string(),
  to: text,
  subject: text,
  createdAt: z.string(),
  endedAt: text,
  error: text,
});
export type Message = z.infer<typeof messageSchema>;
const messagesSchema = z.looseObject({
  items: z.array(messageSchema),
  next: z.nullish(z.string()),
  total: z.nullish(z.number()),
});

/** So many messages are read at once. */
const MESSAGES = 20;

/** What was sent to a lead or contact, or about an opportunity, newest first, with what became of it. */
export function useMessages(entity: Entity, id: number, enabled = true) {
  const refetchInterval = useRefetchInterval();
  return useInfiniteQuery({
    queryKey: [singular(entity), id, 'messages'],
    queryFn: ({ pageParam }) =>
      get(messagesSchema, `/${entity}/${id}/messages`, { cursor: pageParam, limit: MESSAGES }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval,
  });
}
