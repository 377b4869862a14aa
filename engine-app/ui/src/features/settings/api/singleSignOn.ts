import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, call, get } from '@/lib/http';

const providerSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  scopes: z.array(z.string()),
  domains: z.array(z.string()),
  /** The role of people who are unknown here; null to refuse them. */
  newcomers: z.nullish(z.string()),
  /** Whether signing out here signs out there too. */
  signOut: z.boolean(),
  active: z.boolean(),
  /** How many people it has brought here. */
  people: z.number(),
  version: z.number(),
});
export type SignOnProvider = z.infer<typeof providerSchema>;

const providersSchema = z.looseObject({
  items: z.array(providerSchema),
  callback: z.string(),
  signedOut: z.string(),
});
const outcomeSchema = z.looseObject({
  reachable: z.boolean(),
  problem: z.nullish(z.string()),
  endpoints: z.array(z.string()),
  signOut: z.boolean(),
});

const path = '/settings/single-sign-on';
const providersKey = ['single-sign-on'] as const;

export function useSignOnProviders() {
  return useQuery({ queryKey: providersKey, queryFn: () => get(providersSchema, path) });
}

export interface ProviderValues {
  name: string;
  issuer: string;
  clientId: string;
  /** Empty to keep the one that is stored. */
  clientSecret: string;
  scopes: string[];
  domains: string[];
  /** The key of a role; empty to refuse people who are unknown. */
  newcomers: string;
  signOut: boolean;
  active: boolean;
}

/** Adds a provider, or changes the one that is given. */
export function useSaveProvider(provider: SignOnProvider | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ clientSecret, ...values }: ProviderValues) => {
      const body = { ...values, ...(clientSecret ? { clientSecret } : {}) };
      return provider
        ? call('PATCH', providerSchema, `${path}/${provider.id}`, { ...body, version: provider.version })
        : call('POST', providerSchema, path, body);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: providersKey }),
  });
}

export function useDeleteProvider() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => act('DELETE', `${path}/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: providersKey }),
  });
}

/** Asks the provider now whether it answers. */
export function useCheckProvider() {
  return useMutation({ mutationFn: (id: number) => call('POST', outcomeSchema, `${path}/${id}/check`) });
}
