import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, get } from '@/lib/http';

const roleSchema = z.looseObject({ key: z.string(), label: z.string() });

/** The roles that a user can hold. */
export function useRoles() {
  return useQuery({
    queryKey: ['roles'],
    queryFn: () => get(z.array(roleSchema), '/roles'),
    staleTime: Infinity,
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
}

function useStaffChange<T>(change: (value: T) => Promise<void>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['users'] }),
        client.invalidateQueries({ queryKey: ['teams'] }),
        client.invalidateQueries({ queryKey: ['session'] }),
      ]),
  });
}

export function useCreateUser() {
  return useStaffChange(({ reportsTo, ...values }: UserValues) =>
    act('POST', '/users', { ...values, ...(reportsTo ? { reportsTo } : {}) }),
  );
}

export function useChangeUser(id: number, version: number | null | undefined) {
  return useStaffChange(({ password, ...values }: UserValues) =>
    act('PATCH', `/users/${id}`, { ...values, version, ...(password ? { password } : {}) }),
  );
}

export type TeamChange =
  | { what: 'create'; name: string }
  | { what: 'rename'; id: number; name: string }
  | { what: 'delete'; id: number };

export function useChangeTeams() {
  return useStaffChange((change: TeamChange) => {
    switch (change.what) {
      case 'create':
        return act('POST', '/teams', { name: change.name });
      case 'rename':
        return act('PATCH', `/teams/${change.id}`, { name: change.name });
      case 'delete':
        return act('DELETE', `/teams/${change.id}`);
    }
  });
}

/** Sends a link by mail with which the user sets a password. */
export function useInviteUser() {
  return useMutation({ mutationFn: (id: number) => act('POST', `/users/${id}/invitation`) });
}

/** Signs a user out on all devices. */
export function useEndSessionsOf() {
  return useMutation({ mutationFn: (id: number) => act('DELETE', `/users/${id}/sessions`) });
}
