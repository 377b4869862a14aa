import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import * as z from 'zod/mini';
import { call, get, Problem } from '@/lib/http';
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
  /** Settings or filter name fields that are hidden from the reader, and are left out. */
  withheld: z.optional(z.boolean()),
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
  'send-sms',
  'send-whatsapp',
  'convert',
  'delete',
  'restore',
  'erase',
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

/** What only waits for its time is looked at then, and now and again, since somebody may stop it. */
const WAITING_LEAST = 15_000;
const WAITING_MOST = 5 * 60_000;

/** When to look at a bulk action again, in milliseconds. */
export function lookAgain(job: BulkAction | undefined, now = Date.now()): number | false {
  if (!job || hasEnded(job)) return false;
  if (job.nextAt == null) return MOVING;
  const until = new Date(job.nextAt).getTime() - now;
  return Math.min(Math.max(until, WAITING_LEAST), WAITING_MOST);
}

export function useBulkAction(id: number) {
  return useQuery({
    queryKey: [...key, id],
    queryFn: () => get(bulkActionSchema, `/bulk-actions/${id}`),
    refetchInterval: (query) => lookAgain(query.state.data),
  });
}

const memberSchema = z.looseObject({ id: z.number(), name: text, reason: text });
const membersSchema = z.looseObject({ items: z.array(memberSchema), next: text, total: number });

/** The records behind a figure; read again as the job gets on, while what was read stays to be seen. */
export function useBulkRecords(job: BulkAction, result: 'succeeded' | 'failed') {
  const { id, handled } = job;
  const ended = hasEnded(job);
  const records = useInfiniteQuery({
    queryKey: [...key, id, result],
    queryFn: ({ pageParam }) =>
      get(membersSchema, `/bulk-actions/${id}/records`, { result, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
  });
  const { refetch } = records;
  const far = (records.data?.pages.length ?? 0) > 2;
  const read = useRef({ handled, ended });
  useEffect(() => {
    const before = read.current;
    if (before.handled === handled && before.ended === ended) return;
    // Many pages are not read again each second; once at the end they are.
    if (far && !ended) return;
    read.current = { handled, ended };
    // What was asked before the end may lack the last records.
    void refetch({ cancelRefetch: ended });
  }, [handled, ended, far, refetch]);
  return records;
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

/** Whether the server has certainly not done what was asked. */
function isRefused(error: unknown): boolean {
  // A conflict may be the first try that is still under way.
  return error instanceof Problem && error.status >= 400 && error.status < 500 && error.status !== 409;
}

/** What has become of a job that was ordered, or what was known of it last. */
async function awaited(ordered: BulkAction): Promise<BulkAction> {
  let job = ordered;
  const until = Date.now() + PATIENCE;
  while (!hasEnded(job) && job.nextAt == null && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, STEP));
    try {
      job = await get(bulkActionSchema, `/bulk-actions/${job.id}`);
    } catch {
      // It is ordered, whether it can be looked at or not.
      return job;
    }
  }
  return job;
}

/**
 * Orders a bulk action and waits a moment for its end, since most are short. The same order takes effect once, also when
 * it is sent again because no answer came.
 */
export function useOrderBulk(entity: Entity) {
  const client = useQueryClient();
  const sent = useRef<{ text: string; once: string } | null>(null);
  return useMutation({
    mutationFn: async ({ chosen, order }: { chosen: Chosen; order: BulkOrder }) => {
      const body = { ...chosen, ...order };
      const text = JSON.stringify(body);
      const { once } = sent.current?.text === text ? sent.current : { once: crypto.randomUUID() };
      sent.current = { text, once };
      try {
        const path = `/${entity}/bulk-actions`;
        const ordered = await call('POST', bulkActionSchema, path, body, undefined, once);
        sent.current = null;
        return await awaited(ordered);
      } catch (error) {
        if (isRefused(error)) sent.current = null;
        throw error;
      }
    },
    onSettled: () => {
      recordChanged(client, entity);
      for (const changed of [[singular(entity)], ['lists'], ['tags'], key]) {
        void client.invalidateQueries({ queryKey: changed });
      }
    },
  });
}

function useJobChange<Input>(order: (input: Input) => Promise<BulkAction>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: order,
    onSuccess: (job) => {
      client.setQueryData([...key, job.id], job);
      void client.invalidateQueries({ queryKey: key });
      recordChanged(client, job.entity);
    },
  });
}

/** Stops a bulk action; what is done stays done. */
export function useCancelBulk() {
  return useJobChange((id: number) => call('POST', bulkActionSchema, `/bulk-actions/${id}/cancel`));
}

/** Takes a bulk action back, as one of its own with a name of its own. */
export function useUndoBulk() {
  return useJobChange(({ id, name }: { id: number; name: string }) =>
    call('POST', bulkActionSchema, `/bulk-actions/${id}/undo`, { name: name.slice(0, 200) }),
  );
}
