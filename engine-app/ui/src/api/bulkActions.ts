import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { call, get } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';
import { recordChanged } from './changeRecord';
import { type Entity, ENTITIES, singular } from './records';

const text = z.nullish(z.string());
const number = z.nullish(z.number());

const bulkActionSchema = z.looseObject({
  id: z.number(),
  entity: z.enum(ENTITIES),
  operation: z.string(),
  name: z.string(),
  status: z.enum(['processing', 'in-progress', 'complete', 'canceled']),
  settings: z.record(z.string(), z.unknown()),
  filter: text,
  undoOf: number,
  mode: z.enum(['at-once', 'scheduled', 'batches']),
  scheduledAt: text,
  batchSize: number,
  batchMinutes: number,
  /** When it goes on, while it waits for its time or its next batch. */
  nextAt: text,
  createdAt: z.string(),
  createdBy: number,
  startedAt: text,
  endedAt: text,
  total: z.number(),
  handled: z.number(),
  succeeded: z.number(),
  changed: z.number(),
  failed: z.number(),
  ratePerSecond: z.number(),
  secondsLeft: number,
  problem: text,
  undoable: z.boolean(),
});
export type BulkAction = z.infer<typeof bulkActionSchema>;

const pageSchema = z.looseObject({ items: z.array(bulkActionSchema), next: text });
const key = ['bulk-actions'];
/** A person is looking at a moving bar: one small call a second while something runs. */
const MOVING = 1000;

/** What can be done to many records, in the order in which it is offered. */
export const OPERATIONS = [
  'update',
  'allocate',
  'add-tags',
  'remove-tags',
  'add-to-list',
  'remove-from-list',
  'start-automation',
  'send-email',
  'delete',
  'restore',
] as const;
export type Operation = (typeof OPERATIONS)[number];

export function hasEnded(job: BulkAction): boolean {
  return job.status === 'complete' || job.status === 'canceled';
}

export interface BulkQuestion {
  operation?: string | undefined;
  user?: number | undefined;
  status?: string | undefined;
  ended?: boolean | undefined;
  from?: string | undefined;
  until?: string | undefined;
}

/** Bulk actions, newest first. */
export function useBulkActions(question: BulkQuestion) {
  const refetchInterval = useRefetchInterval(false);
  return useInfiniteQuery({
    queryKey: [...key, 'list', question],
    queryFn: ({ pageParam }) =>
      get(pageSchema, '/bulk-actions', { ...question, cursor: pageParam, limit: 50 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    refetchInterval: (query) => {
      const pages = query.state.data?.pages ?? [];
      const moves = pages.some((page) => page.items.some((job) => !hasEnded(job) && job.nextAt == null));
      return moves && pages.length <= 2 ? MOVING : refetchInterval;
    },
  });
}

export function useBulkAction(id: number) {
  return useQuery({
    queryKey: [...key, id],
    queryFn: () => get(bulkActionSchema, `/bulk-actions/${id}`),
    refetchInterval: (query) => (query.state.data && !hasEnded(query.state.data) ? MOVING : false),
  });
}

const memberSchema = z.looseObject({ id: z.number(), name: text, reason: text });
const membersSchema = z.looseObject({ items: z.array(memberSchema), next: text, total: number });

/** The records behind a figure. */
export function useBulkRecords(id: number, result: 'succeeded' | 'failed', at: number) {
  return useInfiniteQuery({
    queryKey: [...key, id, result, at],
    queryFn: ({ pageParam }) =>
      get(membersSchema, `/bulk-actions/${id}/records`, { result, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
  });
}

/** The records that something is done to: some of them, or all that match a filter. */
export type Chosen = { ids: number[] } | { filter: string; hidden?: boolean | undefined };

export interface BulkOrder {
  operation: Operation;
  name: string;
  settings: Record<string, unknown>;
  scheduledAt?: string | undefined;
  batchSize?: number | undefined;
  batchMinutes?: number | undefined;
}

/** So long somebody looks at a dialog before the job goes on without them. */
const PATIENCE = 3000;
const STEP = 250;

/** Orders a bulk action and waits a moment for its end, since most are short. */
export function useOrderBulk(entity: Entity) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ chosen, order }: { chosen: Chosen; order: BulkOrder }) => {
      let job = await call('POST', bulkActionSchema, `/${entity}/bulk-actions`, { ...chosen, ...order });
      const until = Date.now() + PATIENCE;
      while (!hasEnded(job) && job.nextAt == null && Date.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, STEP));
        job = await get(bulkActionSchema, `/bulk-actions/${job.id}`);
      }
      return job;
    },
    onSettled: () => {
      recordChanged(client, entity);
      for (const changed of [[singular(entity)], ['lists'], ['tags'], key]) {
        void client.invalidateQueries({ queryKey: changed });
      }
    },
  });
}

function useJobChange(path: 'cancel' | 'undo') {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call('POST', bulkActionSchema, `/bulk-actions/${id}/${path}`),
    onSuccess: (job) => {
      client.setQueryData([...key, job.id], job);
      void client.invalidateQueries({ queryKey: key });
      recordChanged(client, job.entity);
    },
  });
}

/** Stops a bulk action; what is done stays done. */
export function useCancelBulk() {
  return useJobChange('cancel');
}

/** Takes a bulk action back, as one of its own. */
export function useUndoBulk() {
  return useJobChange('undo');
}
