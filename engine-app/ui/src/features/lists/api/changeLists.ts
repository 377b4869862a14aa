import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { listSchema } from '@/api/getLists';
import { act, call, get } from '@/lib/http';

const memberSchema = z.looseObject({
  ref: z.string(),
  name: z.nullish(z.string()),
  email: z.nullish(z.string()),
});
const membersSchema = z.looseObject({ items: z.array(memberSchema), next: z.nullish(z.string()) });

export function useCreateList() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string }) => call('POST', listSchema, '/lists', body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['lists'] }),
  });
}

export function useDeleteList() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => act('DELETE', `/lists/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['lists'] }),
  });
}

export function useMembers(id: number) {
  return useInfiniteQuery({
    queryKey: ['lists', id, 'members'],
    queryFn: ({ pageParam }) => get(membersSchema, `/lists/${id}/members`, { cursor: pageParam, limit: 100 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
  });
}

export function useRemoveMembers(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (refs: string[]) => act('DELETE', `/lists/${id}/members`, { refs }),
    onSettled: () => client.invalidateQueries({ queryKey: ['lists'] }),
  });
}
