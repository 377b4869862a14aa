import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';
import { automationKey } from './getAutomation';

const versionSchema = z.looseObject({
  number: z.number(),
  publishedAt: z.nullish(z.string()),
  authorName: z.nullish(z.string()),
  live: z.nullish(z.boolean()),
});
export type Version = z.infer<typeof versionSchema>;
const schema = z.union([z.array(versionSchema), z.looseObject({ items: z.array(versionSchema) })]);

export function useVersions(id: number) {
  return useQuery({
    queryKey: [...automationKey(id), 'versions'],
    queryFn: async () => {
      const answer = await get(schema, `/automations/${id}/versions`);
      return Array.isArray(answer) ? answer : answer.items;
    },
  });
}

const oneSchema = z.looseObject({
  number: z.number(),
  bpmn: z.nullish(z.string()),
  drl: z.nullish(z.string()),
});

export function useVersion(id: number, version: number | undefined) {
  return useQuery({
    queryKey: [...automationKey(id), 'version', version],
    queryFn: () => get(oneSchema, `/automations/${id}/versions/${version ?? 0}`),
    enabled: version !== undefined,
    staleTime: Infinity,
  });
}
