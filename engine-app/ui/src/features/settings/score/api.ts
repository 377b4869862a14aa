import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { call, get } from '@/lib/http';

const choiceSchema = z.looseObject({
  id: z.number(),
  label: z.string(),
  colour: z.nullish(z.string()),
  points: z.nullish(z.number()),
});
const settingsSchema = z.looseObject({
  version: z.number(),
  fields: z.array(z.looseObject({ field: z.string(), label: z.string(), percentage: z.nullish(z.number()) })),
  kinds: z.array(z.looseObject({ field: z.string(), label: z.string(), choices: z.array(choiceSchema) })),
  pointsPerView: z.number(),
  websiteCap: z.number(),
  display: z.enum(['percentage', 'total']),
  sum: z.number(),
  maximum: z.number(),
  progress: z.looseObject({
    state: z.enum(['done', 'running', 'cancelled']),
    looked: z.number(),
    changed: z.number(),
    total: z.number(),
    startedAt: z.nullish(z.string()),
    endedAt: z.nullish(z.string()),
  }),
  changedAt: z.nullish(z.string()),
  changedBy: z.nullish(z.string()),
});
export type ScoreSettings = z.infer<typeof settingsSchema>;

const previewSchema = z.looseObject({
  maximum: z.number(),
  before: z.number(),
  leads: z.number(),
  looked: z.number(),
  changed: z.number(),
  rises: z.number(),
  falls: z.number(),
  samples: z.array(
    z.looseObject({
      id: z.number(),
      name: z.nullish(z.string()),
      total: z.number(),
      percentage: z.number(),
      newTotal: z.number(),
      newPercentage: z.number(),
    }),
  ),
});
export type ScorePreview = z.infer<typeof previewSchema>;

/** What is to be set; choices by their ids. */
export interface ScoreChange {
  version: number;
  fields: Record<string, number>;
  choices: Record<string, number>;
  pointsPerView: number;
  websiteCap: number;
  display: 'percentage' | 'total';
}

const PATH = '/settings/lead-score';
const key = ['settings', 'lead-score'];

export function useScoreSettings() {
  return useQuery({
    queryKey: key,
    queryFn: () => get(settingsSchema, PATH),
    // A person is looking at a moving bar.
    refetchInterval: (query) => (query.state.data?.progress.state === 'running' ? 1000 : false),
  });
}

function useChange<T>(change: (given: T) => Promise<ScoreSettings>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (saved) => {
      client.setQueryData(key, saved);
      void client.invalidateQueries({ queryKey: ['lead-score'] });
    },
  });
}

export function useSaveScore() {
  return useChange((body: ScoreChange) => call('PATCH', settingsSchema, PATH, body));
}

export function useScoreAgain() {
  return useChange<undefined>(() => call('POST', settingsSchema, `${PATH}/run`));
}

export function useCancelScoring() {
  return useChange<undefined>(() => call('DELETE', settingsSchema, `${PATH}/run`));
}

export function usePreviewScore() {
  return useMutation({
    mutationFn: (body: ScoreChange) => call('POST', previewSchema, `${PATH}/preview`, body),
  });
}
