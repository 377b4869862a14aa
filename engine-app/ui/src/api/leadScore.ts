import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';

const displaySchema = z.looseObject({ display: z.enum(['percentage', 'total']), maximum: z.number() });

/** What scores are shown as (LEAD-151). */
export function useScoreDisplay(wanted = true) {
  return useQuery({
    queryKey: ['lead-score', 'display'],
    queryFn: () => get(displaySchema, '/lead-score'),
    enabled: wanted,
    staleTime: 60_000,
    retry: false,
  });
}

const partSchema = z.looseObject({
  kind: z.enum(['field', 'choice', 'activity', 'website', 'given', 'hidden']),
  key: z.nullish(z.string()),
  label: z.nullish(z.string()),
  value: z.nullish(z.string()),
  count: z.nullish(z.number()),
  points: z.number(),
  most: z.nullish(z.number()),
});
export type ScorePart = z.infer<typeof partSchema>;

const explainedSchema = z.looseObject({
  total: z.number(),
  percentage: z.number(),
  maximum: z.number(),
  current: z.boolean(),
  display: z.enum(['percentage', 'total']),
  parts: z.array(partSchema),
});

/** Why a lead has its score. */
export function useScoreOf(lead: number, wanted: boolean) {
  return useQuery({
    queryKey: ['leads', lead, 'score'],
    queryFn: () => get(explainedSchema, `/leads/${lead}/score`),
    enabled: wanted,
    staleTime: 0,
  });
}

/** A total in percent of what can be reached, as the server works it out (LEAD-150). */
export function percentOf(total: number, maximum: number): number {
  if (maximum <= 0 || total <= 0) return 0;
  return total >= maximum ? 100 : Math.floor((total * 200 + maximum) / (maximum * 2));
}
