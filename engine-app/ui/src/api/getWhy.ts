import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { Entity } from '@/api/records';
import { get } from '@/lib/http';
import { CALM } from '@/lib/live';
import type { Operator } from '@/lib/filter/model';

const text = z.nullish(z.string());
const seen = z.nullish(z.record(z.string(), z.unknown()));

const criterionSchema = z.looseObject({
  source: z.string(),
  field: text,
  activityType: text,
  operator: z.custom<Operator>((value) => typeof value === 'string'),
  values: z.nullish(z.array(z.string())),
  within: z.nullish(z.looseObject({ amount: z.number(), unit: z.string() })),
});
export type WhyCriterion = z.infer<typeof criterionSchema>;

const whySchema = z.looseObject({
  automation: z.looseObject({ id: z.number(), name: z.string() }),
  version: z.number(),
  trigger: z.looseObject({ type: text, summary: text }),
  paused: z.boolean(),
  why: z.string(),
  event: z.nullish(z.looseObject({ at: z.string(), kind: z.string(), subject: z.string() })),
  settings: z.array(z.looseObject({ key: z.string(), wanted: z.string(), found: text })),
  message: text,
  pattern: text,
  parts: z.array(z.looseObject({ criterion: criterionSchema, holds: z.nullish(z.boolean()), seen })),
  seen,
  othersAsNow: z.boolean(),
  reentry: z.nullish(z.looseObject({ policy: z.string(), days: z.number() })),
  run: z.nullish(
    z.looseObject({
      id: z.number(),
      status: z.string(),
      startedAt: z.string(),
      endedAt: text,
      incident: text,
    }),
  ),
});
export type Why = z.infer<typeof whySchema>;

const schema = z.looseObject({ items: z.array(whySchema), next: text, since: z.string() });

/** Why automations started for a record and why not; of one automation, or of all that could. */
export function useWhy(entity: Entity, id: number | undefined, automation?: number) {
  return useInfiniteQuery({
    // Read again with whatever else shows runs.
    queryKey: ['runs', 'why', entity, id, automation],
    queryFn: ({ pageParam }) =>
      get(schema, `/${entity}/${id}/automations`, { automation, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    placeholderData: keepPreviousData,
    enabled: id !== undefined,
    meta: CALM,
  });
}
