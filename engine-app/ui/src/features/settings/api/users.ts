import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import * as z from 'zod/mini';
import { userSchema } from '@/api/getUsers';
import { act, call, get } from '@/lib/http';

export interface UserFilter {
  search?: string | undefined;
  state?: string | undefined;
  role?: string | undefined;
  team?: number | undefined;
  group?: number | undefined;
  sort?: string | undefined;
}

const pageSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      ...userSchema.shape,
      state: z.nullish(z.string()),
      /** Whether somebody vouches for the address; for those who administer users. */
      emailConfirmed: z.nullish(z.boolean()),
      lastSignInAt: z.nullish(z.string()),
      invitedAt: z.nullish(z.string()),
      invitationUntil: z.nullish(z.string()),
    }),
  ),
  next: z.nullish(z.string()),
  total: z.nullish(z.number()),
});
export type ListedUser = z.infer<typeof pageSchema>['items'][number];

/** Users that fit a filter, in pages of the server's. */
export function useUserPages(filter: UserFilter) {
  return useInfiniteQuery({
    queryKey: ['users', 'pages', filter],
    queryFn: ({ pageParam }) =>
      get(pageSchema, '/users', { sort: 'name', ...filter, limit: 50, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

export interface UserValues {
  login: string;
  name: string;
  email: string;
  phone: string;
  /** Empty leaves the present one. */
  password: string;
  roles: string[];
  teams: number[];
  active: boolean;
  timeZone: string;
  /** 0 for nobody. */
  reportsTo: number;
  /** Whether somebody new gets a link by mail instead of a password. */
  invite?: boolean;
}

/** Changes people or groups. What shows them is read anew, but nobody waits for that. */
export function useStaffChange<T, R>(change: (value: T) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      void Promise.all([
        client.invalidateQueries({ queryKey: ['users'] }),
        client.invalidateQueries({ queryKey: ['teams'] }),
        client.invalidateQueries({ queryKey: ['sales-groups'] }),
        client.invalidateQueries({ queryKey: ['hierarchy'] }),
        client.invalidateQueries({ queryKey: ['user-permissions'] }),
        client.invalidateQueries({ queryKey: ['session'] }),
      ]);
    },
  });
}

export function useCreateUser() {
  return useStaffChange(({ reportsTo, password, invite, ...values }: UserValues) =>
    act('POST', '/users', {
      ...values,
      ...(invite ? { invite } : { password }),
      ...(reportsTo ? { reportsTo } : {}),
    }),
  );
}

export function useChangeUser(id: number, version: number | null | undefined) {
  return useStaffChange(({ password, invite: _, ...values }: UserValues) =>
    act('PATCH', `/users/${id}`, { ...values, version, ...(password ? { password } : {}) }),
  );
}

/** Sends a link by mail with which the user sets a password. */
export function useInviteUser() {
  return useStaffChange((id: number) => act('POST', `/users/${id}/invitation`));
}

/** Vouches for the e-mail address that a user has entered; it is named, as it may be another by now. */
export function useConfirmEmail(id: number) {
  return useStaffChange((email: string) => act('PUT', `/users/${id}/confirmed-email`, { email }));
}

/** Signs a user out on all devices. */
export function useEndSessionsOf() {
  return useMutation({ mutationFn: (id: number) => act('DELETE', `/users/${id}/sessions`) });
}

/** Takes the second factor from a user who has lost it, and ends the sessions. */
export function useRemoveSecondFactorOf() {
  return useMutation({ mutationFn: (id: number) => act('DELETE', `/users/${id}/second-factor`) });
}

const words = z.record(z.string(), z.record(z.string(), z.string()));
const heldSchema = z.looseObject({
  version: z.number(),
  templates: z.array(z.number()),
  exceptions: z.looseObject({ sections: words, fields: words }),
});
export type Held = z.infer<typeof heldSchema>;

/** What one user holds beside the templates of the roles. */
export function useHeldPermissions(user: number) {
  return useQuery({
    queryKey: ['user-permissions', user],
    queryFn: () => get(heldSchema, `/users/${user}/permissions`),
    staleTime: 0,
  });
}

export function useSaveHeldPermissions(user: number) {
  const client = useQueryClient();
  return useStaffChange(async (held: Pick<Held, 'version' | 'templates' | 'exceptions'>) => {
    const saved = await call('PUT', heldSchema, `/users/${user}/permissions`, held);
    // Whoever opens this again at once begins with what was saved.
    client.setQueryData(['user-permissions', user], saved);
    return saved;
  });
}
