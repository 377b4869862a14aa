import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { call, get } from '@/lib/http';

const handOverSchema = z.looseObject({
  id: z.number(),
  to: z.number(),
  status: z.enum(['running', 'done', 'cancelled']),
  requestedAt: z.string(),
  total: z.number(),
  done: z.number(),
  leftOut: z.number(),
  problem: z.nullish(z.string()),
});
export type HandOver = z.infer<typeof handOverSchema>;

/** What can be handed over, as the server names it. */
export const KINDS = [
  'lead',
  'contact',
  'account',
  'opportunity',
  'task',
  'appointment',
  'list',
  'leadList',
] as const;

/** How many records of each kind, and lists, a user owns. */
export function useHoldings(user: number) {
  return useQuery({
    queryKey: ['holdings', user],
    queryFn: () => get(z.record(z.string(), z.number()), `/users/${user}/holdings`),
    staleTime: 0,
  });
}

/** The latest hand-overs of a user, newest first; read again while one is under way. */
export function useHandOvers(user: number) {
  return useQuery({
    queryKey: ['handOvers', user],
    queryFn: async () =>
      (await get(z.looseObject({ items: z.array(handOverSchema) }), `/users/${user}/hand-overs`)).items,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.[0]?.status === 'running' ? 1_000 : false),
  });
}

function useHandOverChange<T>(user: number, change: (value: T) => Promise<HandOver>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: ['handOvers', user] }),
  });
}

export function useOrderHandOver(user: number) {
  return useHandOverChange(user, (to: number) =>
    call('POST', handOverSchema, `/users/${user}/hand-overs`, { to }),
  );
}

export function useCancelHandOver(user: number) {
  return useHandOverChange(user, (id: number) =>
    call('POST', handOverSchema, `/users/${user}/hand-overs/${id}/cancel`),
  );
}
