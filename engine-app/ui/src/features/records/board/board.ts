import {
  type InfiniteData,
  keepPreviousData,
  type QueryClient,
  useMutation,
  useMutationState,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useRef } from 'react';
import * as z from 'zod/mini';
import type { RecordQuery } from '@/api/listRecords';
import { type RecordData, type RecordPage, recordSchema } from '@/api/records';
import { act, call, get } from '@/lib/http';
import { CALM, useRefetchInterval } from '@/lib/live';
import { allOf, quoted } from '@/lib/searchFilter';

const columnSchema = z.looseObject({
  stage: z.number(),
  name: z.string(),
  /** What opportunities in it have as their stage. */
  label: z.string(),
  count: z.number(),
  worth: z.array(z.looseObject({ amount: z.string(), currency: z.string() })),
});
export type Column = z.infer<typeof columnSchema>;

const boardSchema = z.looseObject({ pipeline: z.number(), columns: z.array(columnSchema) });
export type BoardData = z.infer<typeof boardSchema>;

const viewSchema = z.looseObject({ board: z.boolean(), pipeline: z.nullish(z.number()) });
type BoardView = z.infer<typeof viewSchema>;

const VIEW = ['board-view'];

/** Whether the reader looks at a board or a list, and at which pipeline. */
export function useBoardView(enabled: boolean) {
  return useQuery({
    queryKey: VIEW,
    queryFn: () => get(viewSchema, '/board-view'),
    enabled,
    staleTime: 5 * 60_000,
  });
}

/** Keeps it for the reader, shown at once. */
export function useKeepBoardView() {
  const client = useQueryClient();
  return useMutation({
    // Of two choices the later one is kept.
    scope: { id: 'board-view' },
    mutationFn: (view: BoardView) => act('PUT', '/board-view', view),
    onMutate: (view) => client.setQueryData<BoardView>(VIEW, view),
    onError: () => client.invalidateQueries({ queryKey: VIEW }),
  });
}

const boardKey = (pipeline: number, filter: string | undefined) =>
  ['opportunities', 'board', pipeline, filter ?? ''] as const;

/** The columns of a pipeline's stages with their totals. */
export function useBoard(pipeline: number, filter: string | undefined) {
  const refetchInterval = useRefetchInterval(true);
  return useQuery({
    queryKey: boardKey(pipeline, filter),
    queryFn: () => get(boardSchema, '/opportunities/board', { pipeline, filter }),
    refetchInterval,
    placeholderData: keepPreviousData,
    meta: CALM,
  });
}

/** So many cards of a column are read at once. */
const PAGE = 25;

/** The cards of a column, those that changed last first. */
export function cardsOf(stage: number, filter: string | undefined, fields: string[]): RecordQuery {
  // By its id: names change, and another stage may get this one.
  return {
    filter: allOf(filter, `stage = ${quoted(String(stage))}`),
    sort: '-updatedAt',
    limit: PAGE,
    fields,
  };
}

type Cards = InfiniteData<RecordPage, string | null>;

function keyOf(query: RecordQuery) {
  return ['opportunities', 'pages', query] as const;
}

function cardIn(client: QueryClient, query: RecordQuery, id: number): RecordData | undefined {
  return client
    .getQueryData<Cards>(keyOf(query))
    ?.pages.flatMap((page) => page.items)
    .find((card) => card.id === id);
}

/** The pages without a card. */
export function without(cards: Cards, id: number): Cards {
  return {
    ...cards,
    pages: cards.pages.map((page) => ({ ...page, items: page.items.filter((card) => card.id !== id) })),
  };
}

/** The pages with a card on top. */
export function onTop(cards: Cards | undefined, card: RecordData): Cards {
  const [first, ...rest] = cards ? without(cards, card.id).pages : [];
  return {
    pageParams: cards?.pageParams ?? [null],
    pages: [{ ...first, items: [card, ...(first?.items ?? [])] }, ...rest],
  };
}

/** A card's way from one column to another. */
export interface Move {
  card: RecordData;
  from: Column;
  to: Column;
}

const MOVES = ['board-moves'];

/** The ids of the cards whose move is not saved yet. */
export function useMoving(): Set<number> {
  const moving = useMutationState({
    filters: { mutationKey: MOVES, status: 'pending' },
    select: (mutation) => (mutation.state.variables as Move | undefined)?.card.id,
  });
  return new Set(moving.filter((id) => id !== undefined));
}

/**
 * Moves cards: shown at once and saved one after the other, each with the version that was read; a card whose move is
 * refused goes back to where it was (REV-008).
 */
export function useMoveCard(
  pipeline: number,
  filter: string | undefined,
  fields: string[],
  onRefused: (move: Move, error: unknown) => void,
) {
  const client = useQueryClient();
  /** What the moves of this page have made of the versions. */
  const saved = useRef(new Map<number, number>());
  /** Whether one of the moves that are under way needs the columns to be read again. */
  const amiss = useRef(false);
  const cards = (column: Column) => cardsOf(column.stage, filter, fields);
  const put = (card: RecordData, from: Column, to: Column) => {
    client.setQueryData<Cards>(keyOf(cards(from)), (before) => before && without(before, card.id));
    client.setQueryData<Cards>(
      keyOf(cards(to)),
      (before) => before && onTop(before, { ...card, values: { ...card.values, stage: to.label } }),
    );
    client.setQueryData<BoardData>(
      boardKey(pipeline, filter),
      (before) =>
        before && {
          ...before,
          columns: before.columns.map((column) => ({
            ...column,
            count:
              column.count +
              (column.stage === to.stage ? 1 : 0) -
              (column.stage === from.stage && column.count > 0 ? 1 : 0),
          })),
        },
    );
  };
  return useMutation({
    mutationKey: MOVES,
    scope: { id: 'board-moves' },
    mutationFn: ({ card, to }: Move) =>
      call('PATCH', recordSchema, `/opportunities/${card.id}`, {
        // As it was when the card was dropped, or as one's own move before has left it: what others did since is not undone.
        version: Math.max(card.version, saved.current.get(card.id) ?? 0),
        values: { stage: String(to.stage) },
      }),
    onMutate: async ({ card, from, to }) => {
      // What is being read may still have the card where it was.
      void client.cancelQueries({
        queryKey: ['opportunities'],
        predicate: (query) => query.state.data !== undefined,
      });
      amiss.current ||= client.getQueryData(keyOf(cards(to))) === undefined;
      put(card, from, to);
    },
    onSuccess: (card) => {
      saved.current.set(card.id, card.version);
      client.setQueriesData<Cards>({ queryKey: ['opportunities', 'pages'] }, (before) =>
        before
          ? {
              ...before,
              pages: before.pages.map((page) => ({
                ...page,
                items: page.items.map((one) =>
                  one.id === card.id ? { ...one, version: card.version } : one,
                ),
              })),
            }
          : before,
      );
    },
    onError: (error, move) => {
      amiss.current = true;
      const there = client.getQueryData(keyOf(cards(move.to)));
      if (!there || cardIn(client, cards(move.to), move.card.id)) put(move.card, move.to, move.from);
      onRefused(move, error);
    },
    onSettled: (_saved, _error, { card }) => {
      // Only the last one of several reads again, or the others would be seen going back.
      if (client.isMutating({ mutationKey: MOVES }) > 1) return;
      void client.invalidateQueries({
        queryKey: ['opportunities'],
        refetchType: amiss.current ? 'active' : 'none',
      });
      amiss.current = false;
      void client.invalidateQueries({ queryKey: ['opportunities', 'board'] });
      void client.invalidateQueries({ queryKey: ['opportunity', card.id] });
      void client.invalidateQueries({ queryKey: ['home'] });
    },
  });
}
