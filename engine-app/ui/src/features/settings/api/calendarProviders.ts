import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, call, get } from '@/lib/http';

const providerSchema = z.looseObject({
  provider: z.string(),
  label: z.string(),
  clientId: z.nullish(z.string()),
  secretSet: z.boolean(),
  /** How many accounts are connected. */
  accounts: z.number(),
  version: z.number(),
});
export type CalendarProvider = z.infer<typeof providerSchema>;

const PATH = '/settings/calendar-providers';
const key = ['settings', 'calendar-providers'];

export function useCalendarProviders() {
  return useQuery({
    queryKey: key,
    queryFn: () =>
      get(
        // The address that the applications at the providers have to allow.
        z.looseObject({ items: z.array(providerSchema), redirect: z.string() }),
        PATH,
      ),
  });
}

function useChange<T, R>(change: (given: T) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: key });
      void client.invalidateQueries({ queryKey: ['profile', 'integrations'] });
    },
  });
}

export function useSetCalendarProvider() {
  return useChange(
    ({
      provider,
      ...client
    }: {
      provider: string;
      clientId: string;
      clientSecret: string;
      version: number;
    }) => call('PUT', providerSchema, `${PATH}/${provider}`, client),
  );
}

export function useRemoveCalendarProvider() {
  return useChange((provider: string) => act('DELETE', `${PATH}/${provider}`));
}
