import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, get } from '@/lib/http';

const linkSchema = z.looseObject({
  handle: z.string(),
  provider: z.string(),
  /** The address that the provider gave last. */
  email: z.nullish(z.string()),
  linkedAt: z.string(),
  lastUsedAt: z.nullish(z.string()),
});
export type SignOnLink = z.infer<typeof linkSchema>;

const path = (user: number) => `/users/${user}/sign-on-links`;
const key = (user: number) => ['sign-on-links', user];

/** The people at providers of single sign-on who open the account of a user. */
export function useSignOnLinks(user: number) {
  return useQuery({
    queryKey: key(user),
    queryFn: () => get(z.array(linkSchema), path(user)),
    staleTime: 0,
  });
}

/** Removes one of them and ends the sessions of the user. */
export function useRemoveSignOnLink(user: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (handle: string) => act('DELETE', `${path(user)}/${encodeURIComponent(handle)}`),
    onSettled: () => client.invalidateQueries({ queryKey: key(user) }),
  });
}
