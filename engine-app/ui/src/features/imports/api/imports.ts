import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, call, get, upload } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';

const count = z.nullish(z.number());
const text = z.nullish(z.string());

const columnSchema = z.looseObject({ header: z.string(), field: text, create: z.nullish(z.boolean()) });
/** What the first rows of the file show of a column. */
const sampleSchema = z.looseObject({ type: z.string(), values: z.array(z.string()) });
export type ColumnSample = z.infer<typeof sampleSchema>;

const importSchema = z.looseObject({
  id: z.number(),
  entity: text,
  match: text,
  name: text,
  status: z.string(),
  rows: count,
  created: count,
  updated: count,
  unchanged: count,
  refused: count,
  bytes: count,
  totalBytes: count,
  ratePerSecond: count,
  secondsLeft: count,
  problem: text,
  columns: z.nullish(z.array(columnSchema)),
  samples: z.nullish(z.array(sampleSchema)),
  createdAt: text,
  startedAt: text,
  endedAt: text,
});
export type ImportJob = z.infer<typeof importSchema>;

const pageSchema = z.looseObject({ items: z.array(importSchema) });
const key = ['imports'];
/** A person is looking at a moving bar: one small call a second while something runs. */
const MOVING = 1000;

/** The imports, newest first. */
export function useImports() {
  const refetchInterval = useRefetchInterval(false);
  return useQuery({
    queryKey: [...key, 'list'],
    queryFn: async () => (await get(pageSchema, '/imports')).items,
    refetchInterval: (query) =>
      query.state.data?.some((job) => job.status === 'running') ? MOVING : refetchInterval,
  });
}

export function useImport(id: number) {
  return useQuery({
    queryKey: [...key, id],
    queryFn: () => get(importSchema, `/imports/${id}`),
    refetchInterval: (query) => (query.state.data?.status === 'running' ? MOVING : false),
  });
}

/** Sends the file and lets the server look at its columns. */
export function useSendFile(onSent: (part: number) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, entity }: { file: File; entity: string }) =>
      upload(importSchema, '/imports', file, { prepare: true, entity, name: file.name }, onSent),
    onSuccess: (job) => {
      client.setQueryData([...key, job.id], job);
      void client.invalidateQueries({ queryKey: [...key, 'list'] });
    },
  });
}

/** Where a column goes: a field, a field to be made, or nowhere. */
export interface Target {
  field?: string;
  create?: true;
}

export interface Choice {
  match: string | null;
  columns: Target[];
}

export function useStartImport(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (choice: Choice) => call('POST', importSchema, `/imports/${id}/start`, choice),
    onSuccess: (job) => {
      client.setQueryData([...key, id], job);
      void client.invalidateQueries({ queryKey: key });
      // Fields that are made show up while it runs.
      void client.invalidateQueries({ queryKey: ['schema'] });
    },
  });
}

export function useCancelImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => act('POST', `/imports/${id}/cancel`),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}
