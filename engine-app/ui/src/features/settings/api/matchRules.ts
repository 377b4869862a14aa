import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { comparing, MATCH_KINDS, type MatchKind } from '@/api/duplicates';
import { MERGED, type Mergeable } from '@/api/merges';
import { act, call, get } from '@/lib/http';

const ruleSchema = z.looseObject({
  id: z.number(),
  version: z.number(),
  entity: z.enum(MERGED),
  kind: z.enum(MATCH_KINDS),
  field: z.nullish(z.string()),
  /** Of the field; none when it is gone. */
  label: z.nullish(z.string()),
  sure: z.boolean(),
  enabled: z.boolean(),
  state: z.string(),
  looked: z.number(),
  total: z.number(),
  groups: z.number(),
  startedAt: z.nullish(z.string()),
  madeAt: z.nullish(z.string()),
});
export type MatchRule = z.infer<typeof ruleSchema>;

const key = ['match-rules'];

export function useMatchRules() {
  return useQuery({
    queryKey: key,
    queryFn: () => get(z.looseObject({ items: z.array(ruleSchema) }), '/settings/match-rules'),
    // A person is looking at a moving bar.
    refetchInterval: (query) => (query.state.data?.items.some(comparing) ? 1000 : false),
  });
}

function useChange<T>(change: (given: T) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: key });
      for (const entity of MERGED) void client.invalidateQueries({ queryKey: [entity, 'duplicates'] });
    },
  });
}

export function useAddMatchRule() {
  return useChange((body: { entity: Mergeable; kind: MatchKind; field?: string; sure: boolean }) =>
    call('POST', ruleSchema, '/settings/match-rules', body),
  );
}

export function useChangeMatchRule() {
  return useChange(({ id, ...body }: { id: number; version: number; sure?: boolean; enabled?: boolean }) =>
    call('PATCH', ruleSchema, `/settings/match-rules/${id}`, body),
  );
}

export function useRunMatchRule() {
  return useChange((id: number) => call('POST', ruleSchema, `/settings/match-rules/${id}/run`));
}

export function useRemoveMatchRule() {
  return useChange((id: number) => act('DELETE', `/settings/match-rules/${id}`));
}
