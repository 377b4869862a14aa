import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, get } from '@/lib/http';

const consumersSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      name: z.string(),
      paused: z.nullish(z.boolean()),
      lag: z.nullish(z.number()),
      parked: z.nullish(z.number()),
      dead: z.nullish(z.number()),
    }),
  ),
});

const lettersSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      id: z.string(),
      consumer: z.string(),
      attempts: z.nullish(z.number()),
      parkedAt: z.nullish(z.string()),
      error: z.nullish(z.string()),
      kind: z.nullish(z.string()),
      subject: z.nullish(z.string()),
      root: z.nullish(z.string()),
    }),
  ),
  next: z.nullish(z.string()),
});

const key = ['journal'];

export function useConsumers() {
  return useQuery({
    queryKey: [...key, 'consumers'],
    queryFn: async () => (await get(consumersSchema, '/journal/consumers')).items,
    refetchInterval: 15_000,
  });
}

export function useDeadLetters() {
  return useQuery({
    queryKey: [...key, 'dead-letters'],
    queryFn: async () => (await get(lettersSchema, '/journal/dead-letters', { limit: 100 })).items,
    refetchInterval: 15_000,
  });
}

export function useJournalAction() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (
      action: { letter: string; what: 'replay' | 'discard' } | { consumer: string; what: 'pause' | 'resume' },
    ) =>
      'letter' in action
        ? act('POST', `/journal/dead-letters/${encodeURIComponent(action.letter)}/${action.what}`)
        : act('POST', `/journal/consumers/${encodeURIComponent(action.consumer)}/${action.what}`),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}
