import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { sessionKey } from '@/api/session';
import { call, get, putFile } from '@/lib/http';

const text = z.nullish(z.string());
const schema = z.looseObject({
  id: z.number(),
  login: z.string(),
  name: z.string(),
  email: text,
  phone: text,
  mobile: text,
  jobTitle: text,
  timeZone: text,
  accountTimeZone: z.string(),
  locale: text,
  /** Null for that of the browser. */
  accountLocale: text,
  meetingLocation: text,
  availability: z.record(z.string(), z.array(z.looseObject({ from: z.string(), to: z.string() }))),
  signature: text,
  followUpMail: z.nullish(z.boolean()),
  photo: text,
  version: z.number(),
});
export type Profile = z.infer<typeof schema>;

const key = ['profile'];

export function useProfile() {
  return useQuery({ queryKey: key, queryFn: () => get(schema, '/profile'), staleTime: 60_000 });
}

/** After a change the reader's times and language may be others. */
function useChanged() {
  const client = useQueryClient();
  return (profile: Profile) => {
    client.setQueryData(key, profile);
    void client.invalidateQueries({ queryKey: sessionKey });
    void client.invalidateQueries({ queryKey: ['users'] });
    void client.invalidateQueries({ queryKey: ['signature'] });
  };
}

export function useSaveProfile() {
  const onSuccess = useChanged();
  return useMutation({
    mutationFn: (profile: Record<string, unknown>) => call('PUT', schema, '/profile', profile),
    onSuccess,
  });
}

export function usePutPhoto() {
  const onSuccess = useChanged();
  return useMutation({ mutationFn: (file: Blob) => putFile(schema, '/profile/photo', file), onSuccess });
}

export function useRemovePhoto() {
  const onSuccess = useChanged();
  return useMutation({ mutationFn: () => call('DELETE', schema, '/profile/photo'), onSuccess });
}
