import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';
import { automationKey } from './getAutomation';

const count = z.nullish(z.number());
const cardSchema = z.looseObject({
  card: z.string(),
  entered: count,
  waiting: count,
  done: count,
  failed: count,
});
const schema = z.union([
  z.array(cardSchema),
  z.looseObject({ items: z.array(cardSchema) }),
  z.looseObject({ cards: z.array(cardSchema) }),
]);
export type CardFigures = z.infer<typeof cardSchema>;

/** How often each card was entered, waits, is done, failed. */
export function useFigures(id: number, version: number | null | undefined) {
  const refetchInterval = useRefetchInterval();
  return useQuery({
    queryKey: [...automationKey(id), 'figures', version],
    queryFn: async (): Promise<CardFigures[]> => {
      const answer = await get(schema, `/automations/${id}/figures`, { version });
      if (Array.isArray(answer)) return answer;
      return ('items' in answer ? answer.items : answer.cards) as CardFigures[];
    },
    refetchInterval,
  });
}
