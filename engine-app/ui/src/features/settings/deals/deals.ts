import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { type Pipeline, pipelineSchema } from '@/api/pipelines';
import { act, call, get } from '@/lib/http';

/** A stage in the editor; a new one has no id. */
export interface DraftStage {
  key: string;
  id: number | null;
  name: string;
  funnel: boolean;
  pie: boolean;
}

const usesSchema = z.array(z.looseObject({ kind: z.string(), id: z.number(), name: z.string() }));
export type Use = z.infer<typeof usesSchema>[number];

const usageSchema = z.looseObject({
  /** By id of the stage; those in the trash count. */
  stages: z.record(z.string(), z.number()),
  /** They do not. */
  live: z.record(z.string(), z.number()),
  /** The automations that name the pipeline or a stage of it, or the stage that was asked for. */
  uses: usesSchema,
});
const settingsSchema = z.looseObject({ allowDuplicates: z.boolean() });

/** Who looks for uses waits longer. */
export function usePipelineUsage(id: number | null, uses: boolean) {
  return useQuery({
    queryKey: ['pipelines', 'usage', id, uses],
    queryFn: () => get(usageSchema, `/schema/pipelines/${id}/usage`, { uses }),
    enabled: id !== null,
    // A number of before is not to be confirmed.
    staleTime: 0,
    gcTime: 0,
  });
}

/** What names each of these stages. */
export function useStageUses(pipeline: number | null, stages: number[]) {
  return useQueries({
    queries: stages.map((stage) => ({
      queryKey: ['pipelines', 'stage-uses', pipeline, stage],
      queryFn: () => get(usageSchema, `/schema/pipelines/${pipeline}/usage`, { stage }),
      enabled: pipeline !== null,
    })),
  });
}

/** After a change of what opportunities are made of, forms and lists offer something else. */
function useDealsChanged() {
  const client = useQueryClient();
  return () => {
    for (const key of ['pipelines', 'schema', 'opportunities']) {
      void client.invalidateQueries({ queryKey: [key] });
    }
  };
}

/** Who is refused sees the numbers that there are now. */
function useCountedAgain() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['pipelines', 'usage'] });
}

export function useSavePipeline() {
  const changed = useDealsChanged();
  const onError = useCountedAgain();
  return useMutation({
    mutationFn: ({ before, ...body }: { before: Pipeline | null } & Record<string, unknown>) =>
      before
        ? call('PUT', pipelineSchema, `/schema/pipelines/${before.id}`, { ...body, version: before.version })
        : call('POST', pipelineSchema, '/schema/pipelines', body),
    onSuccess: changed,
    onError,
  });
}

export function useDeletePipeline() {
  const changed = useDealsChanged();
  const onError = useCountedAgain();
  return useMutation({
    mutationFn: ({ id, ...rest }: { id: number; target: number | null; deletes: number | null }) =>
      act('DELETE', `/schema/pipelines/${id}`, undefined, rest),
    onSuccess: changed,
    onError,
  });
}

export const KINDS = ['open', 'won', 'lost', 'disqualified'] as const;
export type StatusKind = (typeof KINDS)[number];

const statusSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  kind: z.enum(KINDS),
  /** One of the four that are always there. */
  delivered: z.boolean(),
});
export type DealStatus = z.infer<typeof statusSchema>;
const statusesSchema = z.looseObject({ items: z.array(statusSchema) });
const statusUsageSchema = z.looseObject({ opportunities: z.number(), uses: usesSchema });

const STATUSES = ['pipelines', 'statuses'];

/** All statuses of opportunities in display order. */
export function useDealStatuses() {
  return useQuery({ queryKey: STATUSES, queryFn: () => get(statusesSchema, '/schema/opportunity-statuses') });
}

/** How many opportunities have a status, those in the trash included. */
export function useStatusUsage(id: number) {
  return useQuery({
    queryKey: [...STATUSES, 'usage', id],
    queryFn: () => get(statusUsageSchema, `/schema/opportunity-statuses/${id}/usage`),
    staleTime: 0,
  });
}

export function useSaveStatus() {
  const changed = useDealsChanged();
  return useMutation({
    mutationFn: ({ id, name, kind }: { id: number | null; name: string; kind: StatusKind }) =>
      id === null
        ? call('POST', statusSchema, '/schema/opportunity-statuses', { name, kind })
        : call('PATCH', statusSchema, `/schema/opportunity-statuses/${id}`, { name }),
    onSuccess: changed,
  });
}

export function useDeleteStatus() {
  const changed = useDealsChanged();
  return useMutation({
    mutationFn: (id: number) => act('DELETE', `/schema/opportunity-statuses/${id}`),
    onSuccess: changed,
  });
}

export function useOpportunitySettings() {
  return useQuery({
    queryKey: ['pipelines', 'settings'],
    queryFn: () => get(settingsSchema, '/schema/opportunity-settings'),
  });
}

export function useSaveOpportunitySettings() {
  const changed = useDealsChanged();
  return useMutation({
    mutationFn: (allowDuplicates: boolean) =>
      call('PATCH', settingsSchema, '/schema/opportunity-settings', { allowDuplicates }),
    onSuccess: changed,
  });
}

export const MAPPINGS = ['client', 'deal', 'contact'] as const;
export type MappingPage = (typeof MAPPINGS)[number];

const fieldSchema = z.looseObject({
  id: z.number(),
  entity: z.string(),
  key: z.string(),
  label: z.string(),
  fits: z.array(z.number()),
});
const mappingSchema = z.looseObject({
  leadFields: z.array(fieldSchema),
  targets: z.array(fieldSchema),
  pairs: z.array(z.looseObject({ lead: z.number(), target: z.number() })),
});
export type Mapping = z.infer<typeof mappingSchema>;

export function useMapping(page: MappingPage) {
  return useQuery({
    queryKey: ['mapping', page],
    queryFn: () => get(mappingSchema, `/schema/mappings/${page}`),
  });
}

export function useSaveMapping(page: MappingPage) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (pairs: { lead: number; target: number }[]) =>
      call('PUT', mappingSchema, `/schema/mappings/${page}`, { pairs }),
    onSuccess: (saved) => client.setQueryData(['mapping', page], saved),
  });
}
