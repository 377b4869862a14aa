import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';

const count = z.nullish(z.number());
const schema = z.looseObject({
  items: z.array(
    z.looseObject({
      id: z.number(),
      name: z.nullish(z.string()),
      status: z.string(),
      created: count,
      updated: count,
      unchanged: count,
      skipped: count,
      refused: count,
      createdAt: z.nullish(z.string()),
      createdBy: count,
      endedAt: z.nullish(z.string()),
    }),
  ),
});

/** The latest imports. */
export function useImportJobs() {
  return useQuery({
    queryKey: ['imports', 'jobs'],
    queryFn: async () => (await get(schema, '/imports')).items,
    refetchInterval: (query) => (query.state.data?.some((job) => job.status === 'running') ? 1000 : false),
  });
}
