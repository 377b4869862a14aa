import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, get } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';

const text = z.nullish(z.string());
const listed = {
  id: z.number(),
  key: text,
  channel: z.string(),
  status: z.string(),
  ref: text,
  to: text,
  attempts: z.nullish(z.number()),
  maxAttempts: z.nullish(z.number()),
  createdAt: text,
  dueAt: text,
  endedAt: text,
  error: text,
};
const itemSchema = z.looseObject(listed);
export type DeliveryItem = z.infer<typeof itemSchema>;
const schema = z.looseObject({ items: z.array(itemSchema), next: z.nullish(z.string()) });
const shownSchema = z.looseObject({ ...listed, body: text, response: z.nullish(z.unknown()) });

/** What leaves the house, newest first. */
export function useDeliveries(status: string | undefined) {
  const refetchInterval = useRefetchInterval(false);
  return useInfiniteQuery({
    queryKey: ['deliveries', 'list', status],
    queryFn: ({ pageParam }) => get(schema, '/deliveries', { status, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

export function useDelivery(id: number | null) {
  return useQuery({
    queryKey: ['deliveries', 'one', id],
    queryFn: () => get(shownSchema, `/deliveries/${id ?? 0}`),
    enabled: id !== null,
  });
}

export function useDeliveryAction() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, action }: { id: number; action: 'replay' | 'cancel' }) =>
      act('POST', `/deliveries/${id}/${action}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['deliveries'] }),
  });
}
