import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';

const tag = z.union([z.string(), z.looseObject({ name: z.string() })]);
const schema = z.union([z.array(tag), z.looseObject({ items: z.array(tag) })]);

/** The names of the tags in use. */
export function useTags(search = '', enabled = true) {
  return useQuery({
    queryKey: ['tags', search],
    queryFn: async () => {
      const answer = await get(schema, '/tags', { search });
      const tags = Array.isArray(answer) ? answer : answer.items;
      return tags.map((entry) => (typeof entry === 'string' ? entry : entry.name));
    },
    staleTime: 60_000,
    enabled,
  });
}
