import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import {
  CHOICE_PATHS,
  type Choice,
  type ChoiceKind,
  choiceSchema,
  type LeadSettings,
} from '@/api/getChoices';
import { act, get } from '@/lib/http';

/** What to change of a choice, or what a new one shall be. */
export interface ChoiceValues {
  label: string;
  colour?: string;
  active?: boolean;
  hidden?: boolean;
  shared?: boolean;
  parent?: number;
  offered?: boolean;
}

/** Names and colours show on every screen: all of them read again. */
function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries();
}

export function useSaveChoice(kind: ChoiceKind) {
  const refresh = useRefresh();
  const path = `/schema/${CHOICE_PATHS[kind]}`;
  return useMutation({
    mutationFn: ({ id, values }: { id: number | undefined; values: ChoiceValues }) =>
      id === undefined ? act('POST', path, values) : act('PATCH', `${path}/${id}`, values),
    onSuccess: refresh,
  });
}

/** Puts all choices of a kind in an order: shown at once, taken back when the server refuses. */
export function useOrderChoices(kind: ChoiceKind) {
  const client = useQueryClient();
  const key = ['schema', CHOICE_PATHS[kind]];
  return useMutation({
    mutationFn: (order: number[]) => act('PUT', `/schema/${CHOICE_PATHS[kind]}/order`, { order }),
    onMutate: async (order) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<Choice[]>(key);
      if (before) {
        client.setQueryData<Choice[]>(
          key,
          order.flatMap((id) => before.find((choice) => choice.id === id) ?? []),
        );
      }
      return { before };
    },
    onError: (_error, _order, context) => {
      if (context?.before) client.setQueryData(key, context.before);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['schema'] }),
  });
}

export function useDeleteChoice(kind: ChoiceKind) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, replacement }: { id: number; replacement: number | undefined }) =>
      act('DELETE', `/schema/${CHOICE_PATHS[kind]}/${id}`, undefined, { replacement }),
    onSuccess: refresh,
  });
}

const usageSchema = z.looseObject({
  used: z.boolean(),
  records: z.record(z.string(), z.number()),
  statuses: z.array(choiceSchema),
  uses: z.array(z.looseObject({ kind: z.string(), id: z.number(), name: z.string() })),
  replacements: z.array(choiceSchema),
  deletable: z.boolean(),
});

/** What uses a choice. */
export function useUsage(choice: Choice) {
  return useQuery({
    queryKey: ['choice-usage', choice.id],
    queryFn: () => get(usageSchema, `/schema/${CHOICE_PATHS[choice.kind as ChoiceKind]}/${choice.id}/usage`),
    gcTime: 0,
  });
}

export function useSaveLeadSettings() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (settings: Partial<LeadSettings>) => act('PATCH', '/schema/lead-settings', settings),
    onSuccess: refresh,
  });
}
