import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';

const text = z.nullish(z.string());

export const stepSchema = z.looseObject({
  card: z.string(),
  name: text,
  visit: z.nullish(z.number()),
  at: text,
  leftAt: text,
  result: text,
  message: text,
  /** The values that the card's conditions looked at, by source and field. */
  seen: z.nullish(z.record(z.string(), z.unknown())),
  rule: text,
  /** The flow that a gateway took. */
  branch: text,
});
export type Step = z.infer<typeof stepSchema>;

export const waitSchema = z.looseObject({
  id: z.union([z.string(), z.number()]),
  card: text,
  kind: text,
  due: text,
  event: text,
  message: text,
});

export const runSchema = z.looseObject({
  id: z.number(),
  automation: z.looseObject({ id: z.number(), name: z.string() }),
  version: z.nullish(z.number()),
  ref: text,
  recordName: text,
  status: z.string(),
  startedAt: text,
  endedAt: text,
  cause: z.nullish(z.unknown()),
  bpmn: text,
  steps: z.nullish(z.array(stepSchema)),
  waits: z.nullish(z.array(waitSchema)),
  incident: z.nullish(z.unknown()),
});
export type Run = z.infer<typeof runSchema>;

const ENDED = ['done', 'stopped', 'cancelled'];

export function useRun(id: number, enabled = true) {
  const refetchInterval = useRefetchInterval();
  return useQuery({
    queryKey: ['run', id],
    queryFn: () => get(runSchema, `/runs/${id}`),
    enabled,
    refetchInterval: (query) => (ENDED.includes(query.state.data?.status ?? '') ? false : refetchInterval),
  });
}

/** A run as lists show it. */
export const runItemSchema = z.looseObject({
  id: z.number(),
  automation: z.nullish(z.looseObject({ id: z.number(), name: z.string() })),
  version: z.nullish(z.number()),
  ref: text,
  recordName: text,
  status: z.string(),
  startedAt: text,
  endedAt: text,
  incident: z.nullish(z.unknown()),
});
export type RunItem = z.infer<typeof runItemSchema>;

/** An incident as one sentence, whether the server sends a text or an object. */
export function incidentText(incident: unknown): string | undefined {
  if (incident == null) return undefined;
  if (typeof incident === 'string') return incident;
  if (typeof incident === 'object') {
    const { message, detail, title } = incident as Record<string, unknown>;
    const found = message ?? detail ?? title;
    return typeof found === 'string' ? found : JSON.stringify(incident);
  }
  return String(incident);
}
