import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { setPlace } from '@/lib/format';
import { call, get, Problem } from '@/lib/http';
import { changeLanguage, isLanguage } from '@/lib/i18n';

export const sessionSchema = z.looseObject({
  user: z.looseObject({
    id: z.number(),
    login: z.string(),
    name: z.string(),
    roles: z.array(z.string()),
    /** The address of the own photo. */
    photo: z.nullish(z.string()),
  }),
  timeZone: z.nullish(z.string()),
  locale: z.nullish(z.string()),
  /** The mobile web app that this user works in (PLT-071). */
  redirect: z.nullish(z.string()),
});
export type Session = z.infer<typeof sessionSchema>;

export const sessionKey = ['session'] as const;

/** Times, numbers and words as this person wants them. */
async function settle(session: Session): Promise<void> {
  setPlace({ timeZone: session.timeZone ?? '', locale: session.locale ?? '' });
  const language = session.locale?.slice(0, 2);
  if (language && isLanguage(language)) await changeLanguage(language);
}

/** Who is signed in; null for nobody. */
export async function fetchSession(): Promise<Session | null> {
  try {
    const session = await get(sessionSchema, '/session');
    await settle(session);
    return session;
  } catch (error) {
    if (error instanceof Problem && (error.status === 401 || error.status === 403)) return null;
    throw error;
  }
}

export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: fetchSession, staleTime: 5 * 60_000 });
}

export function isAdministrator(session: Session | null | undefined): boolean {
  return session?.user.roles.some((role) => /admin/i.test(role)) ?? false;
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { login: string; password: string }) => call('POST', sessionSchema, '/session', body),
    onSuccess: (session) => {
      void settle(session);
      client.setQueryData(sessionKey, session);
    },
  });
}

const signedOutSchema = z.nullable(z.looseObject({ address: z.string() }));

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('DELETE', signedOutSchema, '/session'),
    onSuccess: (elsewhere) => {
      if (elsewhere) {
        // The provider of single sign-on signs out too and sends the browser back.
        window.location.replace(elsewhere.address);
        return;
      }
      client.clear();
      client.setQueryData(sessionKey, null);
    },
  });
}
