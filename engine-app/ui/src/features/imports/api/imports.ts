import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, get, type Query, upload } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';

const count = z.nullish(z.number());
const importSchema = z.looseObject({
  id: z.number(),
  entity: z.nullish(z.string()),
  name: z.nullish(z.string()),
  status: z.string(),
  rows: count,
  created: count,
  updated: count,
  unchanged: count,
  refused: count,
  bytes: count,
  totalBytes: count,
  ratePerSecond: count,
  problem: z.nullish(z.string()),
  startedAt: z.nullish(z.string()),
  endedAt: z.nullish(z.string()),
});
export type ImportJob = z.infer<typeof importSchema>;

const schema = z.union([z.array(importSchema), z.looseObject({ items: z.array(importSchema) })]);

/** The imports, newest first; read every second while one is running. */
export function useImports() {
  const refetchInterval = useRefetchInterval(false);
  return useQuery({
    queryKey: ['imports'],
    queryFn: async () => {
      const answer = await get(schema, '/imports');
      return Array.isArray(answer) ? answer : answer.items;
    },
    // A person is looking at a moving bar here: one small call a second while something runs.
    refetchInterval: (query) =>
      query.state.data?.some((job) => job.status === 'running') ? 1000 : refetchInterval,
  });
}

export interface ImportOrder {
  file: File;
  entity: string;
  match: string | null;
  createFields: boolean;
}

export function useStartImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, entity, match, createFields }: ImportOrder) => {
      const query: Query = { entity, match, name: file.name, createFields: createFields || undefined };
      return upload(importSchema, '/imports', file, query);
    },
    onMutate: () => {
      // The server takes the file while the job already runs: show it early.
      setTimeout(() => void client.invalidateQueries({ queryKey: ['imports'] }), 700);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  });
}

export function useCancelImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => act('POST', `/imports/${id}/cancel`),
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  });
}
