import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import * as z from 'zod/mini';

/** What the server tells about a change; the page then reads again what it shows of it. */
const eventSchema = z.looseObject({ type: z.string(), id: z.nullish(z.union([z.number(), z.string()])) });

let connected = false;
const watchers = new Set<() => void>();

function setConnected(value: boolean): void {
  if (connected === value) return;
  connected = value;
  for (const watcher of watchers) watcher();
}

const SUBJECTS: Record<string, string[]> = {
  lead: ['leads', 'lead', 'tasks', 'notes', 'home'],
  contact: ['contacts', 'contact', 'tasks', 'notes'],
  account: ['accounts', 'account', 'tasks', 'notes'],
  opportunity: ['opportunities', 'opportunity', 'tasks', 'notes'],
  run: ['runs', 'run', 'home', 'automations', 'automation'],
  automation: ['automations', 'automation'],
  notice: ['notices'],
  smartList: ['smart-lists'],
  matchRule: ['match-rules'],
};

/** A list that somebody has scrolled far down is not read again from the top under their eyes. */
const MOST_PAGES = 3;

function pagesOf(data: unknown): number {
  return typeof data === 'object' && data !== null && 'pages' in data && Array.isArray(data.pages)
    ? data.pages.length
    : 1;
}

/** The meta of queries that many readers have open and that cost the server much. */
export const CALM = { calm: true };

/** Gathers keys, and hands them on no sooner than after the delay, and with the gap from one time to the next. */
function gatherer(hand: (keys: Set<string>) => void, delay: number, gap: number) {
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = -Infinity;
  return {
    take(keys: string[]) {
      for (const key of keys) waiting.add(key);
      if (waiting.size === 0 || timer !== undefined) return;
      timer = setTimeout(
        () => {
          timer = undefined;
          last = Date.now();
          const keys = new Set(waiting);
          waiting.clear();
          hand(keys);
        },
        Math.max(delay, last + gap - Date.now()),
      );
    },
    stop() {
      clearTimeout(timer);
    },
  };
}

/**
 * Reads again what the named changes touch, at most once in 400 ms however many there are; of the first of many also
 * what is calm, and then that at most once in 4 s.
 */
export function collector(client: QueryClient, delay = 400, calmGap = 4_000) {
  const read = (calm: boolean) => (keys: Set<string>) =>
    void client.invalidateQueries({
      predicate: (query) =>
        (query.meta?.['calm'] === true) === calm &&
        keys.has(String(query.queryKey[0])) &&
        pagesOf(query.state.data) <= MOST_PAGES,
    });
  const gatherers = [gatherer(read(false), delay, 0), gatherer(read(true), delay, calmGap)];
  return {
    take(type: string) {
      const keys = SUBJECTS[type.split('.')[0] ?? ''] ?? [];
      for (const one of gatherers) one.take(keys);
    },
    stop() {
      for (const one of gatherers) one.stop();
    },
  };
}

/**
 * Keeps one event stream open while the shell is on screen.
 *
 * @param me the reader: notices to others are left alone
 */
export function useLiveUpdates(me: number | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    if (typeof EventSource === 'undefined') return;
    const changes = collector(client);
    const source = new EventSource('/api/v1/stream');
    let missed = false;
    source.onopen = () => {
      setConnected(true);
      if (!missed) return;
      missed = false;
      for (const subject of Object.keys(SUBJECTS)) changes.take(`${subject}.changed`);
    };
    source.onerror = () => {
      // The browser tries again by itself; until then the pages read every 15 s.
      missed = true;
      setConnected(false);
    };
    const receive = (event: MessageEvent<string>) => {
      try {
        const parsed = z.safeParse(eventSchema, JSON.parse(event.data));
        if (!parsed.success) return;
        const { type, id } = parsed.data;
        if (type !== 'notice.created' || id == null || id === me) changes.take(type);
      } catch {
        // A heartbeat or something newer than this page.
      }
    };
    source.onmessage = receive;
    return () => {
      source.close();
      changes.stop();
      setConnected(false);
    };
  }, [client, me]);
}

/**
 * How often a page that shows moving things reads again: every 15 s, or not at all while the stream lives and tells
 * about them.
 */
export function useRefetchInterval(told = true): number | false {
  const live = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => connected,
  );
  return live && told ? false : 15_000;
}
