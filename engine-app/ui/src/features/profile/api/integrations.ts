import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, call, get } from '@/lib/http';

const integrationSchema = z.looseObject({
  provider: z.string(),
  label: z.string(),
  /** Whether an administrator has set the provider up. */
  ready: z.boolean(),
  calendars: z.boolean(),
  account: z.nullish(z.looseObject({ name: z.string(), state: z.string(), connectedAt: z.string() })),
});
export type Integration = z.infer<typeof integrationSchema>;

const calendarSchema = z.looseObject({
  id: z.number(),
  provider: z.string(),
  account: z.string(),
  name: z.string(),
  writable: z.boolean(),
  conflict: z.boolean(),
  primary: z.boolean(),
});
export type OwnCalendar = z.infer<typeof calendarSchema>;

const calendarsSchema = z.looseObject({
  connected: z.boolean(),
  calendars: z.array(calendarSchema),
  untold: z.record(z.string(), z.string()),
  version: z.number(),
});
export type OwnCalendars = z.infer<typeof calendarsSchema>;

const PATH = '/profile/integrations';
const key = ['profile', 'integrations'];
const calendarsKey = ['profile', 'calendars'];

export function useIntegrations() {
  return useQuery({
    queryKey: key,
    queryFn: async () => (await get(z.looseObject({ items: z.array(integrationSchema) }), PATH)).items,
  });
}

/** What was known of accounts and calendars may be wrong now. */
function useSettled() {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: key });
    void client.invalidateQueries({ queryKey: calendarsKey });
  };
}

/** Where the browser has to go to connect an account. */
export function useConnect() {
  return useMutation({
    mutationFn: (provider: string) =>
      call('POST', z.looseObject({ address: z.string() }), `${PATH}/${provider}/connect`),
  });
}

/** What a provider sent the browser back with. */
export interface Returned {
  state?: string | undefined;
  code?: string | undefined;
  error?: string | undefined;
}

export function useAnswer() {
  const onSettled = useSettled();
  return useMutation({
    mutationFn: (returned: Returned) => call('POST', integrationSchema, `${PATH}/answer`, returned),
    onSettled,
  });
}

export function useDisconnect() {
  const onSettled = useSettled();
  return useMutation({ mutationFn: (provider: string) => act('DELETE', `${PATH}/${provider}`), onSettled });
}

export function useOwnCalendars() {
  return useQuery({ queryKey: calendarsKey, queryFn: () => get(calendarsSchema, '/profile/calendars') });
}

export function useRefreshCalendars() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('POST', calendarsSchema, '/profile/calendars/refresh'),
    onSuccess: (calendars) => client.setQueryData(calendarsKey, calendars),
    onSettled: () => void client.invalidateQueries({ queryKey: key }),
  });
}

export function useChooseCalendars() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (choice: { primary: number | null; conflicts: number[]; version: number }) =>
      call('PUT', calendarsSchema, '/profile/calendars', choice),
    onSuccess: (calendars) => client.setQueryData(calendarsKey, calendars),
  });
}
