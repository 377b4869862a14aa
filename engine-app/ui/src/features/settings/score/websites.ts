import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, call, get } from '@/lib/http';

const siteSchema = z.looseObject({
  id: z.number(),
  domain: z.string(),
  code: z.string(),
  visitors: z.number(),
  known: z.number(),
  views: z.number(),
  lastAt: z.nullish(z.string()),
});
export type Website = z.infer<typeof siteSchema>;

const PATH = '/settings/websites';
const key = ['settings', 'websites'];

export function useWebsites() {
  return useQuery({
    queryKey: key,
    queryFn: async () => (await get(z.looseObject({ items: z.array(siteSchema) }), PATH)).items,
  });
}

function useChange<T, R>(change: (given: T) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => void client.invalidateQueries({ queryKey: key }),
  });
}

export function useAddWebsite() {
  return useChange((domain: string) => call('POST', siteSchema, PATH, { domain }));
}

export function useRemoveWebsite() {
  return useChange((id: number) => act('DELETE', `${PATH}/${id}`));
}

/** What is pasted into the pages of a website (LEAD-154). */
export const codeOf = (site: Website, origin: string) =>
  `<script async src="${origin}/track/${site.code}.js"></script>`;
