import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { call, get } from '@/lib/http';
import { useStaffChange } from './users';

const placeSchema = z.looseObject({
  id: z.number(),
  version: z.number(),
  login: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  active: z.boolean(),
  reportsTo: z.nullish(z.number()),
  below: z.number(),
});
export type Place = z.infer<typeof placeSchema>;

const placesSchema = z.looseObject({ items: z.array(placeSchema), next: z.nullish(z.string()) });

/** Everybody with their superior, by name. */
export function useHierarchy() {
  return useQuery({
    queryKey: ['hierarchy', 'places'],
    queryFn: async () => {
      const places: Place[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await get(placesSchema, '/hierarchy', { limit: 1000, cursor });
        places.push(...page.items);
        cursor = page.next;
      } while (cursor);
      return places;
    },
    staleTime: 0,
  });
}

const effectSchema = z.looseObject({ people: z.number(), total: z.number() });

/** What it would do to move somebody; undefined for a superior that is not chosen yet, null for none. */
export function useMoveEffect(user: number, superior: number | null | undefined) {
  return useQuery({
    queryKey: ['hierarchy', 'effect', user, superior],
    queryFn: () => get(effectSchema, `/users/${user}/superior`, { superior }),
    enabled: superior !== undefined,
    staleTime: 0,
    retry: false,
  });
}

export interface MoveOrder {
  id: number;
  /** The version that was seen. */
  version: number;
  superior: number | null;
}

export function useMove() {
  return useStaffChange(({ id, ...move }: MoveOrder) =>
    call('PUT', z.looseObject({ version: z.number() }), `/users/${id}/superior`, move),
  );
}

const moveSchema = z.looseObject({
  id: z.number(),
  user: z.number(),
  from: z.nullish(z.number()),
  to: z.nullish(z.number()),
  by: z.nullish(z.number()),
  byName: z.string(),
  at: z.string(),
});
export type Move = z.infer<typeof moveSchema>;

/** The history of moves of one person or of all, newest first. */
export function useMoves(user: number | undefined) {
  return useInfiniteQuery({
    queryKey: ['hierarchy', 'moves', user],
    queryFn: ({ pageParam }) =>
      get(z.looseObject({ items: z.array(moveSchema), next: z.nullish(z.string()) }), '/hierarchy/moves', {
        user,
        limit: 50,
        cursor: pageParam,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
}
