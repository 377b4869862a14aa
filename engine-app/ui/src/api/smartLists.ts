import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, call, get } from '@/lib/http';
import { type Entity, singular } from './records';

/** The kinds of record that have smart lists. */
export const LISTED = ['leads', 'contacts', 'accounts', 'opportunities'] as const;
export type Listed = (typeof LISTED)[number];

export function isListed(entity: Entity): entity is Listed {
  return (LISTED as readonly string[]).includes(entity);
}

export const SHARINGS = ['private', 'everyone', 'chosen'] as const;
export type Sharing = (typeof SHARINGS)[number];

const upkeepSchema = z.looseObject({
  state: z.enum(['filling', 'ready', 'broken']),
  members: z.nullish(z.number()),
  done: z.number(),
  total: z.number(),
  problem: z.nullish(z.string()),
});

export const smartListSchema = z.looseObject({
  id: z.number(),
  version: z.number(),
  name: z.string(),
  filter: z.string(),
  sort: z.nullish(z.string()),
  columns: z.array(z.string()),
  owner: z.looseObject({ id: z.number(), name: z.string() }),
  sharing: z.enum(SHARINGS),
  users: z.nullish(z.array(z.number())),
  roles: z.nullish(z.array(z.string())),
  live: z.boolean(),
  mine: z.boolean(),
  mayChange: z.boolean(),
  /** How far the upkeep of its members is; absent while nothing asks for them. */
  upkeep: z.nullish(upkeepSchema),
});
export type SmartList = z.infer<typeof smartListSchema>;

const allSchema = z.looseObject({ items: z.array(smartListSchema), mayShare: z.boolean() });

const KEY = 'smart-lists';
const VIEWS = 'list-views';

/** The smart lists that the reader sees, in the order of his tabs; the numbers of their members cost a look at each. */
export function useSmartLists(entity: Entity, enabled = true, members = false) {
  return useQuery({
    queryKey: members ? [KEY, entity, 'members'] : [KEY, entity],
    queryFn: () =>
      get(allSchema, '/smart-lists', { entity: singular(entity), members: members || undefined }),
    enabled: enabled && isListed(entity),
    staleTime: 30_000,
    // A list that is being filled tells how far it is.
    refetchInterval: (query) =>
      query.state.data?.items.some((list) => list.upkeep?.state === 'filling') ? 2_000 : false,
  });
}

export interface ListChange {
  version?: number;
  name?: string;
  filter?: string;
  sort?: string;
  columns?: string[];
  sharing?: Sharing;
  users?: number[];
  roles?: string[];
  live?: boolean;
}

function useListMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => client.invalidateQueries({ queryKey: [KEY] }),
  });
}

export function useCreateSmartList(entity: Entity) {
  return useListMutation((body: ListChange) =>
    call('POST', smartListSchema, '/smart-lists', { entity: singular(entity), ...body }),
  );
}

export function useChangeSmartList() {
  return useListMutation(({ id, ...body }: ListChange & { id: number }) =>
    call('PATCH', smartListSchema, `/smart-lists/${id}`, body),
  );
}

export function useCopySmartList() {
  return useListMutation((id: number) => call('POST', smartListSchema, `/smart-lists/${id}/copy`));
}

export function useDeleteSmartList() {
  return useListMutation((id: number) => act('DELETE', `/smart-lists/${id}`));
}

/** Puts the tabs into another order, shown at once. */
export function useOrderSmartLists(entity: Entity) {
  const client = useQueryClient();
  const key = [KEY, entity];
  type All = z.infer<typeof allSchema>;
  return useMutation({
    mutationFn: (lists: number[]) => act('PUT', '/list-views/order', { entity: singular(entity), lists }),
    onMutate: async (lists) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueriesData<All>({ queryKey: key });
      client.setQueriesData<All>(
        { queryKey: key },
        (all) =>
          all && {
            ...all,
            items: [...all.items].sort((one, other) => lists.indexOf(one.id) - lists.indexOf(other.id)),
          },
      );
      return { before };
    },
    onError: (_error, _lists, context) => {
      context?.before.forEach(([of, all]) => client.setQueryData(of, all));
    },
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

const viewSchema = z.looseObject({
  list: z.nullish(z.number()),
  columns: z.array(z.string()),
  sort: z.nullish(z.string()),
});
export type ListView = z.infer<typeof viewSchema>;
const viewsSchema = z.looseObject({ items: z.array(viewSchema) });

/** The columns and orders that the reader has chosen, by list. */
export function useListViews(entity: Entity) {
  return useQuery({
    queryKey: [VIEWS, entity],
    queryFn: () => get(viewsSchema, '/list-views', { entity: singular(entity) }),
    staleTime: 5 * 60_000,
  });
}

/** Keeps how the reader looks at a list, shown at once; calls back when that is refused. */
export function useKeepView(entity: Entity, onRefused: (error: unknown) => void) {
  const client = useQueryClient();
  const key = [VIEWS, entity];
  type Views = z.infer<typeof viewsSchema>;
  return useMutation({
    mutationFn: (view: { list: number | undefined; columns: string[]; sort: string | undefined }) =>
      act('PUT', '/list-views', { entity: singular(entity), ...view }),
    onMutate: async (view) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<Views>(key);
      // The views of other lists are not known to be none.
      if (!before) return { before };
      const others = before.items.filter((item) => (item.list ?? undefined) !== view.list);
      client.setQueryData<Views>(key, { items: [...others, view] });
      return { before };
    },
    onError: (error, _view, context) => {
      if (context?.before) client.setQueryData(key, context.before);
      onRefused(error);
    },
    onSettled: (_saved, _error, _view, context) =>
      context?.before ? undefined : client.invalidateQueries({ queryKey: key }),
  });
}
