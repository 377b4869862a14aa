import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';

export const listSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  description: z.nullish(z.string()),
  members: z.nullish(z.number()),
  createdAt: z.nullish(z.string()),
});
export type StaticList = z.infer<typeof listSchema>;

const schema = z.union([z.array(listSchema), z.looseObject({ items: z.array(listSchema) })]);

export function useLists(enabled = true) {
  return useQuery({
    queryKey: ['lists'],
    queryFn: async () => {
      const answer = await get(schema, '/lists');
      return Array.isArray(answer) ? answer : answer.items;
    },
    enabled,
    staleTime: 30_000,
  });
}
