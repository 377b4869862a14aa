import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { sessionKey } from '@/api/session';
import { act, get } from '@/lib/http';

const openSessionSchema = z.looseObject({
  handle: z.string(),
  current: z.boolean(),
  device: z.string(),
  address: z.string(),
  signedInAt: z.string(),
  lastUsedAt: z.string(),
});
export type OpenSession = z.infer<typeof openSessionSchema>;

const sessionsKey = ['open-sessions'] as const;

/** Where the user is signed in. */
export function useOpenSessions() {
  return useQuery({ queryKey: sessionsKey, queryFn: () => get(z.array(openSessionSchema), '/sessions') });
}

export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (handle: string) => act('DELETE', `/sessions/${handle}`),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsKey }),
  });
}

/** Signs out on every other device, or on this one too. */
export function useEndSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (others: boolean) => act('DELETE', '/sessions', undefined, { others }),
    onSuccess: (_, others) => {
      if (others) return client.invalidateQueries({ queryKey: sessionsKey });
      client.clear();
      client.setQueryData(sessionKey, null);
      return undefined;
    },
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { current: string; password: string }) => act('PUT', '/session/password', body),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionsKey }),
  });
}
