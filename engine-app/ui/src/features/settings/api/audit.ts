import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { call, get, type Query } from '@/lib/http';

const text = z.nullish(z.string());
const entrySchema = z.looseObject({
  id: z.number(),
  at: z.string(),
  actor: z.looseObject({
    kind: z.string(),
    userId: z.nullish(z.number()),
    name: z.string(),
    apiKey: text,
    address: text,
  }),
  action: z.string(),
  subject: z.looseObject({ kind: z.string(), id: z.string(), name: z.string() }),
  changes: z.array(z.looseObject({ field: z.string(), before: text, after: text })),
});
export type AuditEntry = z.infer<typeof entrySchema>;

const schema = z.looseObject({ items: z.array(entrySchema), next: text });

const resultSchema = z.looseObject({
  intact: z.boolean(),
  entries: z.number(),
  first: z.number(),
  last: z.number(),
  firstBroken: z.nullish(z.number()),
  reason: text,
  unverifiable: z.number(),
  head: z.string(),
});
export type Verification = z.infer<typeof resultSchema>;

/** What the list and the download can be narrowed by; the names of the parameters of both. */
export interface AuditFilter extends Query {
  from?: string | undefined;
  to?: string | undefined;
  user?: number | undefined;
  action?: string | undefined;
  text?: string | undefined;
}

/** What was administered, newest first. */
export function useAudit(filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) => get(schema, '/audit', { ...filter, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    placeholderData: keepPreviousData,
  });
}

/** Has the server compute the whole chain again. */
export function useVerification() {
  return useMutation({ mutationFn: () => call('POST', resultSchema, '/audit/verify') });
}
