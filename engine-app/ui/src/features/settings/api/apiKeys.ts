import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, call, get } from '@/lib/http';

const text = z.nullish(z.string());
const key = {
  id: z.number(),
  name: z.string(),
  accessKey: z.string(),
  user: z.looseObject({ id: z.number(), login: z.string(), name: z.string() }),
  scopes: z.array(z.string()),
  state: z.string(),
  createdAt: text,
  expiresAt: text,
  lastUsedAt: text,
};
const keySchema = z.looseObject(key);
export type ApiKey = z.infer<typeof keySchema>;
const madeSchema = z.looseObject({ ...key, secret: z.string() });
export type MadeKey = z.infer<typeof madeSchema>;
const schema = z.looseObject({ items: z.array(keySchema), next: text });

export const SCOPES = ['read', 'write', 'bulk', 'administration'] as const;

/** One's own keys, or those of everybody. */
export function useApiKeys(all: boolean) {
  return useInfiniteQuery({
    queryKey: ['api-keys', all],
    queryFn: ({ pageParam }) => get(schema, '/api-keys', { all: all || undefined, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
  });
}

/** Makes a key; the answer is the only one that holds its secret, so it is not kept with the other answers. */
export function useMakeApiKey() {
  const client = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: (body: { name: string; scopes: string[]; expiresAt: string | null }) =>
      call('POST', madeSchema, '/api-keys', body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['api-keys'] }),
  });
}

export function useRevokeApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => act('DELETE', `/api-keys/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['api-keys'] }),
  });
}
