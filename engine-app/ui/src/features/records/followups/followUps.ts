import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { recordChanged } from '@/api/changeRecord';
import { fetchRecords } from '@/api/listRecords';
import { fromLocalInput, toLocalInput } from '@/lib/format';
import { call, get } from '@/lib/http';

const moveSchema = z.looseObject({ before: z.nullish(z.string()), after: z.nullish(z.string()) });
const entrySchema = z.looseObject({
  id: z.number(),
  at: z.string(),
  userId: z.nullish(z.number()),
  moves: z.record(z.string(), moveSchema),
  nextAt: z.nullish(z.string()),
  comment: z.nullish(z.string()),
});
export type FollowUp = z.infer<typeof entrySchema>;

const pageSchema = z.looseObject({ items: z.array(entrySchema) });
/** As many as the server answers at once. */
const PAGE = 200;

/** What was noted of a lead, newest first. */
export function useFollowUps(lead: number) {
  return useInfiniteQuery({
    queryKey: ['lead', lead, 'follow-ups'],
    queryFn: ({ pageParam }) => get(pageSchema, `/leads/${lead}/follow-ups`, { before: pageParam }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => (page.items.length === PAGE ? page.items.at(-1)?.id : undefined),
  });
}

export interface NewFollowUp {
  date: string;
  time: string;
  timeZone: string;
  values: Record<string, string | null>;
  comment: string;
}

export function useNoteFollowUp(lead: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewFollowUp) => call('POST', entrySchema, `/leads/${lead}/follow-ups`, body),
    onSuccess: () => {
      recordChanged(client, 'leads', lead);
      void client.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
}

const PLANNED = 'type = "follow-up" and status = "pending" and not lead is empty';
export type When = 'today' | 'overdue' | 'upcoming';

/** When a calendar day begins where the reader is. */
function beginOf(day: string): string {
  return fromLocalInput(`${day}T00:00`) ?? `${day}T00:00:00.000Z`;
}

/** The filter of planned follow-ups; the day is that of the reader's time zone. */
export function plannedFilter(when: When, now: Date): string {
  const today = toLocalInput(now.toISOString()).slice(0, 10);
  const tomorrow = new Date(`${today}T00:00:00Z`);
  tomorrow.setUTCDate(tomorrow.getUTCDate() + 1);
  const from = beginOf(today);
  const until = beginOf(tomorrow.toISOString().slice(0, 10));
  if (when === 'overdue') return `${PLANNED} and dueAt < ${from}`;
  if (when === 'upcoming') return `${PLANNED} and dueAt >= ${until}`;
  return `${PLANNED} and dueAt >= ${from} and dueAt < ${until}`;
}

/** How many follow-ups are planned. */
export function usePlannedCount(when: When, mine: number | undefined) {
  const filter = plannedFilter(when, new Date()) + (mine === undefined ? '' : ` and owner = ${mine}`);
  return useQuery({
    queryKey: ['tasks', 'follow-up-count', filter],
    queryFn: async () => (await fetchRecords('tasks', { filter, limit: 1, count: true })).total ?? 0,
  });
}
