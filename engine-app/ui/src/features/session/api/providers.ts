import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';

const choicesSchema = z.array(z.looseObject({ id: z.number(), name: z.string() }));

/** The providers of single sign-on that people can sign in with. */
export function useProviders() {
  return useQuery({
    queryKey: ['session-providers'],
    queryFn: () => get(choicesSchema, '/session/providers'),
    staleTime: 60_000,
    retry: false,
  });
}

/** Where a sign-in with a provider begins; the browser goes there and comes back. */
export function providerAddress(id: number, next: string | undefined): string {
  return `/oauth2/authorization/${id}${next ? `?next=${encodeURIComponent(next)}` : ''}`;
}
