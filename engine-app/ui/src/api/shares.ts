import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { call, get } from '@/lib/http';
import { useFeature } from './features';

const text = z.nullish(z.string());

const bySchema = z.looseObject({
  user: z.nullish(z.number()),
  automation: z.nullish(z.number()),
  automationName: text,
  run: z.nullish(z.number()),
});

export const SHARE_STATUSES = ['processing', 'completed', 'failed'] as const;
export const SHARE_UNITS = ['minutes', 'hours', 'days'] as const;
export const SHARE_ACCESS = ['view', 'modify'] as const;
export type ShareStatus = (typeof SHARE_STATUSES)[number];
export type ShareAccess = (typeof SHARE_ACCESS)[number];

const shareSchema = z.looseObject({
  id: z.number(),
  user: z.number(),
  access: z.enum(SHARE_ACCESS),
  source: z.enum(['automation', 'api']),
  status: z.enum(SHARE_STATUSES),
  reason: text,
  duration: z.looseObject({ amount: z.number(), unit: z.enum(SHARE_UNITS) }),
  requestedAt: z.string(),
  writtenAt: text,
  expiresAt: text,
  endedAt: text,
  endCause: z.nullish(z.enum(['expired', 'stopped'])),
  by: bySchema,
  endedBy: z.nullish(bySchema),
});
export type Share = z.infer<typeof shareSchema>;
export type SharedBy = z.infer<typeof bySchema>;

const listSchema = z.looseObject({
  items: z.array(shareSchema),
  next: text,
  mayShare: z.nullish(z.boolean()),
});

const key = (opportunity: number) => ['opportunity', opportunity, 'shares'];

/** The shares that last. */
export function useLivingShares(opportunity: number) {
  return useQuery({
    queryKey: [...key(opportunity), 'living'],
    queryFn: () => get(listSchema, `/opportunities/${opportunity}/shares`, { living: true, limit: 200 }),
    // Shares end by themselves.
    refetchInterval: 60_000,
  });
}

export interface ShareFilter {
  user?: number | undefined;
  status?: ShareStatus | undefined;
}

/** All shares, newest first, narrowed to a user and a status (AUT-084, AUT-085). */
export function useShareHistory(opportunity: number, filter: ShareFilter) {
  return useInfiniteQuery({
    queryKey: [...key(opportunity), 'history', filter],
    queryFn: ({ pageParam }) =>
      get(listSchema, `/opportunities/${opportunity}/shares`, { ...filter, cursor: pageParam, limit: 50 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
  });
}

export interface Wanted {
  user: number;
  access: ShareAccess;
  duration: { amount: number; unit: string };
}

export function useShare(opportunity: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Wanted) => call('POST', shareSchema, `/opportunities/${opportunity}/shares`, wanted),
    onSuccess: () => client.invalidateQueries({ queryKey: key(opportunity) }),
  });
}

/** Ends all shares with a user. */
export function useStopSharing(opportunity: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (user: number) =>
      call('POST', z.looseObject({ stopped: z.number() }), `/opportunities/${opportunity}/shares/stop`, {
        user,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: key(opportunity) }),
  });
}

const lentSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      opportunity: z.number(),
      access: z.enum(SHARE_ACCESS),
      until: z.string(),
      alone: z.boolean(),
    }),
  ),
  next: text,
});

/** What may be done by shares, and whether the reader reaches the opportunity by these alone. */
export interface Lent {
  access: ShareAccess;
  alone: boolean;
}

async function fetchLent(): Promise<Map<number, Lent>> {
  const lent = new Map<number, Lent>();
  let cursor: string | null | undefined;
  do {
    const page = await get(lentSchema, '/opportunities/shared', { cursor });
    for (const { opportunity, access, alone } of page.items) {
      if (lent.get(opportunity)?.access !== 'modify') lent.set(opportunity, { access, alone });
    }
    cursor = page.next;
  } while (cursor);
  return lent;
}

/** What others share with the reader now: the widest access by opportunity. Asked for once, whatever is on the page. */
export function useLent(wanted: boolean) {
  const on = useFeature('sharing');
  return useQuery({
    queryKey: ['lent'],
    queryFn: fetchLent,
    enabled: wanted && on,
    staleTime: 60_000,
    refetchInterval: 60_000,
  });
}
