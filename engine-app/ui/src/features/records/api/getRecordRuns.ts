import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { runItemSchema } from '@/api/getRun';
import { type Entity, singular } from '@/api/records';
import { get } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';

const schema = z.union([
  z.array(runItemSchema),
  z.looseObject({ items: z.array(runItemSchema), next: z.nullish(z.string()) }),
]);

/** The runs of automations about a record, newest first. */
export function useRecordRuns(entity: Entity, id: number) {
  const refetchInterval = useRefetchInterval();
  return useQuery({
    queryKey: [singular(entity), id, 'runs'],
    queryFn: async () => {
      const answer = await get(schema, `/${entity}/${id}/runs`);
      return Array.isArray(answer) ? answer : answer.items;
    },
    refetchInterval,
  });
}
