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
  duplicates: text,
  name: text,
  status: z.string(),
  rows: count,
  created: count,
  updated: count,
  unchanged: count,
  skipped: count,
  refused: count,
  /** How many rows the file has, as far as they have been counted. */
  counted: count,
  allCounted: z.nullish(z.boolean()),
  encoding: text,
  delimiter: text,
  bytes: count,
  totalBytes: count,
  ratePerSecond: count,
  secondsLeft: count,
  problem: text,
  columns: z.nullish(z.array(columnSchema)),
  samples: z.nullish(z.array(sampleSchema)),
  remembered: z.nullish(z.boolean()),
  createdAt: text,
  startedAt: text,
  endedAt: text,
  undoable: z.nullish(z.boolean()),
  /** The bulk action that takes it back, or did. */
  undoId: count,
  /** yes, no or throttled. */
  startAutomations: text,
  unreachable: z.nullish(z.boolean()),
  /** How it stands with automations that start so many a minute. */
  starts: z.nullish(
    z.looseObject({
      state: z.enum(['held', 'open', 'dropped']),
      perMinute: z.number(),
      waiting: z.number(),
      started: z.number(),
      dropped: z.number(),
    }),
  ),
});
export type ImportJob = z.infer<typeof importSchema>;

const pageSchema = z.looseObject({ items: z.array(importSchema) });
const key = ['imports'];
/** A person is looking at a moving bar: one small call a second while something runs. */
const MOVING = 1000;

/** The starts of the last rows are noted behind the import: so long after its end there may be more of them. */
const BEHIND = 5 * 60_000;

/** Whether automations wait for their turn, or may come to. */
export function mayStart({ starts, endedAt }: ImportJob): boolean {
  if (!starts || starts.state === 'dropped') return false;
  return starts.waiting > 0 || !endedAt || Date.now() - Date.parse(endedAt) < BEHIND;
}

/** Whether its figures go on by themselves. */
export function isMoving(job: ImportJob): boolean {
  const counting = ['prepared', 'checked'].includes(job.status) && job.allCounted === false;
  return counting || mayStart(job) || job.status === 'running' || job.status === 'checking';
}

/** The imports, newest first. */
export function useImports() {
  const refetchInterval = useRefetchInterval(false);
  return useQuery({
    queryKey: [...key, 'list'],
    queryFn: async () => (await get(pageSchema, '/imports')).items,
    refetchInterval: (query) => (query.state.data?.some((job) => isMoving(job)) ? MOVING : refetchInterval),
  });
}

export function useImport(id: number) {
  return useQuery({
    queryKey: [...key, id],
    queryFn: () => get(importSchema, `/imports/${id}`),
    refetchInterval: (query) => (query.state.data && isMoving(query.state.data) ? MOVING : false),
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
  duplicates: 'update' | 'skip';
  columns: Target[];
  /** Leads that name no way of reaching the person are taken, too. */
  unreachable: boolean;
}

function useStep<T>(id: number, step: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: T) => call('POST', importSchema, `/imports/${id}/${step}`, body),
    onSuccess: (job) => {
      client.setQueryData([...key, id], job);
      client.removeQueries({ queryKey: [...key, id, 'preview'] });
      void client.invalidateQueries({ queryKey: [...key, 'list'] });
    },
  });
}

export interface Reading {
  encoding: string | null;
  delimiter: string | null;
}

/** Reads the file in another encoding or with another delimiter. */
export function useReadImport(id: number) {
  return useStep<Reading>(id, 'read');
}

/** Looks at what all rows would do, without writing. */
export function useCheckImport(id: number) {
  return useStep<Choice>(id, 'check');
}

/** Goes back to the columns. */
export function useReviseImport(id: number) {
  return useStep<null>(id, 'revise');
}

const previewSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      row: z.number(),
      outcome: z.string(),
      ref: text,
      values: z.record(z.string(), z.unknown()),
      problems: z.array(z.looseObject({ field: z.string(), value: text, expectation: z.string() })),
    }),
  ),
});
export type PreviewedRow = z.infer<typeof previewSchema>['items'][number];

/** The first rows as they would be stored. */
export function usePreview(id: number) {
  return useQuery({
    queryKey: [...key, id, 'preview'],
    queryFn: async () => (await get(previewSchema, `/imports/${id}/preview`)).items,
  });
}

export const STARTS = ['yes', 'no', 'throttled'] as const;
export type Starts = (typeof STARTS)[number];

/** Whether the rows start automations, and how many a minute at most. */
export interface StartChoice {
  startAutomations: Starts;
  perMinute?: number | undefined;
}

/** Starts it with what it was checked with. */
export function useStartImport(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (choice: StartChoice) => call('POST', importSchema, `/imports/${id}/start`, choice),
    onSuccess: (job) => {
      client.setQueryData([...key, id], job);
      void client.invalidateQueries({ queryKey: [...key, 'list'] });
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

/** Lets the automations that wait start faster, slower, at once or never. */
export function useChangeStarts(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: { state: 'held' | 'open' | 'dropped'; perMinute?: number }) =>
      act('POST', `/imports/${id}/starts`, wanted),
    onSettled: () => client.invalidateQueries({ queryKey: [...key, id] }),
  });
}

/** Takes back all that an import did, as a job of its own. */
export function useUndoImport(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: { changed: 'keep' | 'trash'; name: string }) =>
      call('POST', z.looseObject({ id: z.number() }), `/imports/${id}/undo`, asked),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: key });
      void client.invalidateQueries({ queryKey: ['bulk-actions'] });
    },
  });
}
