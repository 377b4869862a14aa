import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';

export const userSchema = z.looseObject({
  id: z.number(),
  login: z.string(),
  name: z.string(),
  email: z.nullish(z.string()),
  active: z.nullish(z.boolean()),
  roles: z.nullish(z.array(z.string())),
  reportsTo: z.nullish(z.number()),
});
export type User = z.infer<typeof userSchema>;

const schema = z.union([z.array(userSchema), z.looseObject({ items: z.array(userSchema) })]);

export function useUsers() {
  return useQuery({
    queryKey: ['users'],
    queryFn: async () => {
      const answer = await get(schema, '/users', { limit: 200 });
      return Array.isArray(answer) ? answer : answer.items;
    },
    staleTime: 5 * 60_000,
  });
}
