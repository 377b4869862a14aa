import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { call, get } from '@/lib/http';

const employmentSchema = z.looseObject({
  /** The account that is the partner company. */
  account: z.nullish(z.number()),
  name: z.nullish(z.string()),
  version: z.number(),
});
export type Employment = z.infer<typeof employmentSchema>;

const path = (user: number) => `/users/${user}/partner-company`;
const key = (user: number) => ['partner-company', user];

/** The partner company that a user works for. */
export function useEmployment(user: number) {
  return useQuery({
    queryKey: key(user),
    queryFn: () => get(employmentSchema, path(user)),
    staleTime: 0,
  });
}

/** Says for which partner company a user works. */
export function useEmploy(user: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: { version: number; account: number | null }) =>
      call('PUT', employmentSchema, path(user), wanted),
    onSuccess: (saved) => client.setQueryData(key(user), saved),
  });
}
