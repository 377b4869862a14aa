import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, get } from '@/lib/http';

const text = z.nullish(z.string());
const tagSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  deletedAt: text,
  /** Null for a program or somebody who is no user any more. */
  deletedBy: text,
  restorableUntil: text,
});
export type Tag = z.infer<typeof tagSchema>;

const pageSchema = z.looseObject({
  items: z.array(tagSchema),
  next: text,
  total: z.nullish(z.number()),
});

export interface TagQuestion {
  search: string;
  deleted: boolean;
  sort: string;
}

/** The tags with all that is known of them. */
export function useTagList(question: TagQuestion) {
  return useInfiniteQuery({
    queryKey: ['tags', 'list', question],
    queryFn: ({ pageParam }) =>
      get(pageSchema, '/tags', { ...question, count: true, limit: 50, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    placeholderData: keepPreviousData,
  });
}

const usageSchema = z.looseObject({
  records: z.record(z.string(), z.number()),
  uses: z.array(z.looseObject({ kind: z.string(), id: z.number(), name: z.string() })),
});

/** What has or names a tag. */
export function useTagUsage(id: number) {
  return useQuery({
    queryKey: ['tag-usage', id],
    queryFn: () => get(usageSchema, `/tags/${id}/usage`),
    staleTime: 0,
    gcTime: 0,
  });
}

/** Records show other tags from now on, and automations may stand still. */
function useChanged() {
  const client = useQueryClient();
  return () => {
    for (const key of [
      ['tags'],
      ['lead'],
      ['contact'],
      ['account'],
      ['task'],
      ['activity'],
      ['automations'],
      ['automation'],
    ]) {
      void client.invalidateQueries({ queryKey: key });
    }
  };
}

export function useSaveTag() {
  const onSuccess = useChanged();
  return useMutation({
    mutationFn: ({ id, name }: { id: number | null; name: string }) =>
      id === null ? act('POST', '/tags', { name }) : act('PATCH', `/tags/${id}`, { name }),
    onSuccess,
  });
}

export function useDeleteTag() {
  const onSuccess = useChanged();
  return useMutation({ mutationFn: (id: number) => act('DELETE', `/tags/${id}`), onSuccess });
}

export function useRestoreTag() {
  const onSuccess = useChanged();
  return useMutation({ mutationFn: (id: number) => act('POST', `/tags/${id}/restore`), onSuccess });
}
