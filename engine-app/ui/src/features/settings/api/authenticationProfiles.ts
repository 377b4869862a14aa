import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, get } from '@/lib/http';

const profileSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  description: z.string(),
  secondFactor: z.boolean(),
  mobileRedirect: z.boolean(),
  members: z.array(z.number()),
  version: z.number(),
});
export type AuthenticationProfile = z.infer<typeof profileSchema>;

const profilesSchema = z.looseObject({ items: z.array(profileSchema), mobile: z.boolean() });

const profilesKey = ['authentication-profiles'] as const;

export function useAuthenticationProfiles() {
  return useQuery({ queryKey: profilesKey, queryFn: () => get(profilesSchema, '/authentication-profiles') });
}

export interface ProfileValues {
  name: string;
  description: string;
  secondFactor: boolean;
  mobileRedirect: boolean;
  members: number[];
}

/** Makes a profile, or changes the one that is given. */
export function useSaveProfile(profile: AuthenticationProfile | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: ProfileValues) =>
      profile
        ? act('PATCH', `/authentication-profiles/${profile.id}`, { ...values, version: profile.version })
        : act('POST', '/authentication-profiles', values),
    onSuccess: () => client.invalidateQueries({ queryKey: profilesKey }),
  });
}

export function useDeleteProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => act('DELETE', `/authentication-profiles/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: profilesKey }),
  });
}
