import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, call, get } from '@/lib/http';
import type { Mergeable } from './merges';
import { recordSchema, singular } from './records';

/** What a rule compares. */
export const MATCH_KINDS = ['phone', 'email', 'field', 'name'] as const;
export type MatchKind = (typeof MATCH_KINDS)[number];

const ruleSchema = z.looseObject({
  id: z.number(),
  kind: z.enum(MATCH_KINDS),
  label: z.nullish(z.string()),
  sure: z.boolean(),
  state: z.string(),
  /** How much has been compared, while that goes on. */
  percent: z.nullish(z.number()),
  madeAt: z.nullish(z.string()),
});
export type SeenRule = z.infer<typeof ruleSchema>;

const groupSchema = z.looseObject({
  id: z.number(),
  rule: z.number(),
  foundAt: z.string(),
  records: z.array(recordSchema),
  /** How many are within reach; 50 may be more. */
  count: z.number(),
});
export type DuplicateGroup = z.infer<typeof groupSchema>;

const pageSchema = z.looseObject({
  items: z.array(groupSchema),
  next: z.nullish(z.string()),
  rules: z.array(ruleSchema),
});

/** So many of a group are counted. */
export const MOST_COUNTED = 50;

/** A person is looking at a moving bar. */
const MOVING = 2000;

export function comparing(rule: { state: string }): boolean {
  return rule.state !== 'ready' && rule.state !== 'off';
}

export interface DuplicateQuestion {
  rule?: number | undefined;
  match?: 'sure' | 'likely' | undefined;
}

/** The groups of likely duplicates, newest first. */
export function useDuplicates(entity: Mergeable, question: DuplicateQuestion) {
  return useInfiniteQuery({
    queryKey: [entity, 'duplicates', question],
    queryFn: ({ pageParam }) =>
      get(pageSchema, `/${entity}/duplicates`, { ...question, cursor: pageParam, limit: 25 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    refetchInterval: (query) => {
      const pages = query.state.data?.pages ?? [];
      return pages.length === 1 && pages[0]?.rules.some(comparing) ? MOVING : false;
    },
  });
}

/** Notes that records are not the same, or takes it back. */
export function useApart(entity: Mergeable) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ records, same }: { records: number[]; same: boolean }) =>
      act('POST', `/${entity}/duplicates/${same ? 'together' : 'apart'}`, { records }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [entity, 'duplicates'] });
      void client.invalidateQueries({ queryKey: [singular(entity)] });
    },
  });
}

const likesSchema = z.looseObject({
  items: z.array(z.looseObject({ record: recordSchema, rules: z.array(z.number()) })),
  rules: z.array(ruleSchema),
});
export type Likes = z.infer<typeof likesSchema>;

/** The records that look like one. */
export function useLikeRecord(entity: Mergeable, id: number) {
  return useQuery({
    queryKey: [singular(entity), id, 'duplicates'],
    queryFn: () => get(likesSchema, `/${entity}/${id}/duplicates`),
  });
}

/** The records that look like what somebody is about to make. */
export function useLikeDraft(entity: Mergeable, values: Record<string, unknown>, enabled: boolean) {
  return useQuery({
    queryKey: [entity, 'duplicates', 'like', values],
    queryFn: () => call('POST', likesSchema, `/${entity}/duplicates/like`, { values }),
    enabled,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
}
