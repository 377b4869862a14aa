import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, call, get } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';

export const KINDS = ['form', 'chatbot', 'api', 'facebook', 'instagram', 'google-ads'] as const;
export type Kind = (typeof KINDS)[number];

/** Whether its deliveries come from Meta, which has secrets of its own. */
export const isMeta = (kind: string) => kind === 'facebook' || kind === 'instagram';

/** Whether scripts of websites may post to it, where they are named. */
export const isWebsite = (kind: string) => kind === 'form' || kind === 'chatbot';

/** Whether its deliveries come from websites and programs, and not from a known provider. */
export const isOpen = (kind: string) => kind === 'form' || kind === 'chatbot' || kind === 'api';

const mappedSchema = z.looseObject({ outside: z.string(), field: z.string() });
export type Mapped = z.infer<typeof mappedSchema>;

const text = z.nullish(z.string());
const integrationSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  kind: z.string(),
  source: z.nullish(z.looseObject({ id: z.number(), name: z.string() })),
  owner: z.nullish(z.number()),
  active: z.boolean(),
  known: z.string(),
  mapping: z.array(mappedSchema),
  thanks: text,
  deliveryField: text,
  page: text,
  origins: z.array(z.string()),
  path: z.string(),
  key: text,
  appSecretSet: z.boolean(),
  pageTokenSet: z.boolean(),
  counts: z.looseObject({
    received: z.number(),
    created: z.number(),
    updated: z.number(),
    unchanged: z.number(),
    tests: z.number(),
    refused: z.number(),
    held: z.number(),
    waiting: z.number(),
    lastAt: text,
    lastProblem: text,
    lastProblemAt: text,
  }),
  earlier: z.nullish(
    z.looseObject({
      state: z.string(),
      since: z.string(),
      forms: z.nullish(z.number()),
      form: z.number(),
      found: z.number(),
      taken: z.number(),
      problem: text,
      startedAt: z.string(),
      endedAt: text,
    }),
  ),
  version: z.number(),
});
export type Integration = z.infer<typeof integrationSchema>;

const violationSchema = z.looseObject({ field: z.string(), value: text, expectation: z.string() });
const deliverySchema = z.looseObject({
  id: z.number(),
  receivedAt: z.string(),
  state: z.string(),
  values: z.record(z.string(), z.string()),
  raw: text,
  problems: z.array(violationSchema),
  lead: z.nullish(z.number()),
  attempts: z.number(),
  nextAt: text,
});
export type Delivery = z.infer<typeof deliverySchema>;

const PATH = '/settings/lead-integrations';
const key = ['settings', 'lead-integrations'];

/** All integrations; what comes in shows without loading the page again. */
export function useIntegrations() {
  const refetchInterval = useRefetchInterval();
  return useQuery({
    queryKey: [...key, 'all'],
    queryFn: async () => (await get(z.looseObject({ items: z.array(integrationSchema) }), PATH)).items,
    refetchInterval,
  });
}

/** What deliveries of a kind may bring, and the fields that it can go to. */
export function useSuggestions(kind: string, integration?: number) {
  return useQuery({
    queryKey: [...key, 'suggestions', kind, integration ?? null],
    queryFn: () =>
      get(
        z.looseObject({
          items: z.array(z.looseObject({ outside: z.string(), field: text, sample: text })),
          fields: z.array(z.looseObject({ key: z.string(), label: z.string(), type: z.string() })),
        }),
        `${PATH}/suggestions`,
        { kind, integration },
      ),
  });
}

/** What has come in, newest first. */
export function useDeliveries(id: number, state: string | null) {
  const refetchInterval = useRefetchInterval();
  return useInfiniteQuery({
    queryKey: [...key, id, 'deliveries', state],
    queryFn: ({ pageParam }) =>
      get(
        z.looseObject({ items: z.array(deliverySchema), next: z.nullish(z.number()) }),
        `${PATH}/${id}/deliveries`,
        { state, before: pageParam, limit: 25 },
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next ?? null,
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

function useChange<T, R>(change: (given: T) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

/** What an integration shall be. */
export interface Wanted {
  name: string;
  kind: string;
  source: number | null;
  owner: number | null;
  active: boolean;
  known: string;
  mapping: Mapped[];
  thanks: string | null;
  deliveryField: string | null;
  page: string | null;
  origins: string[];
  appSecret: string | null;
  pageToken: string | null;
}

/** As it stands, to change a part of it. */
export const wantedOf = (one: Integration): Wanted => ({
  name: one.name,
  kind: one.kind,
  source: one.source?.id ?? null,
  owner: one.owner ?? null,
  active: one.active,
  known: one.known,
  mapping: one.mapping,
  thanks: one.thanks ?? null,
  deliveryField: one.deliveryField ?? null,
  page: one.page ?? null,
  origins: one.origins,
  appSecret: null,
  pageToken: null,
});

/** Saves an integration, or adds it when there is none yet. */
export function useSaveIntegration(before?: Integration) {
  return useChange((wanted: Wanted) =>
    before === undefined
      ? call('POST', integrationSchema, PATH, wanted)
      : call('PUT', integrationSchema, `${PATH}/${before.id}`, { ...wanted, version: before.version }),
  );
}

export function useRenewAddress() {
  return useChange((one: Integration) =>
    call('POST', integrationSchema, `${PATH}/${one.id}/address`, { version: one.version }),
  );
}

export function useFetchEarlier(id: number) {
  return useChange((since: string) =>
    call('POST', integrationSchema, `${PATH}/${id}/earlier-leads`, { since }),
  );
}

export function useCancelEarlier(id: number) {
  return useChange(() => call('POST', integrationSchema, `${PATH}/${id}/earlier-leads/cancel`));
}

export function useDeleteIntegration() {
  return useChange((id: number) => act('DELETE', `${PATH}/${id}`));
}

export function useTryAgain(id: number) {
  return useChange((delivery: number) =>
    call('POST', deliverySchema, `${PATH}/${id}/deliveries/${delivery}/again`),
  );
}

export function useTryAllAgain(id: number) {
  return useChange((state: string) =>
    call('POST', z.looseObject({ count: z.number() }), `${PATH}/${id}/deliveries/again?state=${state}`),
  );
}

export function useForgetDelivery(id: number) {
  return useChange((delivery: number) => act('DELETE', `${PATH}/${id}/deliveries/${delivery}`));
}
