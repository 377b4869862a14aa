import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';

export const typeSchema = z.looseObject({
  id: z.nullish(z.number()),
  key: z.string(),
  label: z.string(),
  score: z.nullish(z.number()),
  system: z.nullish(z.boolean()),
});
export type RecordKind = z.infer<typeof typeSchema>;

const schema = z.union([z.array(typeSchema), z.looseObject({ items: z.array(typeSchema) })]);

/** The activity types or task types. */
export function useTypes(of: 'activity-types' | 'task-types') {
  return useQuery({
    queryKey: ['schema', of],
    queryFn: async () => {
      const answer = await get(schema, `/schema/${of}`);
      return Array.isArray(answer) ? answer : answer.items;
    },
    staleTime: 5 * 60_000,
  });
}
