import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';

const optionSchema = z.looseObject({ value: z.string(), label: z.string() });

export const settingSchema = z.looseObject({
  key: z.string(),
  label: z.string(),
  input: z.string(),
  required: z.nullish(z.boolean()),
  help: z.nullish(z.string()),
  options: z.nullish(z.array(optionSchema)),
  default: z.nullish(z.unknown()),
  /** Of a length of time: those that can be chosen; all when missing. */
  units: z.nullish(z.array(z.string())),
  /** Of a user: whether the owner can be meant without a name; yes when missing. */
  owner: z.nullish(z.boolean()),
  /** Shown only while another setting has one of these values. */
  when: z.nullish(z.record(z.string(), z.array(z.string()))),
});
export type Setting = z.infer<typeof settingSchema>;

const cardSchema = z.looseObject({
  type: z.string(),
  group: z.nullish(z.string()),
  label: z.string(),
  icon: z.nullish(z.string()),
  element: z.nullish(z.string()),
  description: z.nullish(z.string()),
  triggers: z.nullish(z.array(z.string())),
  /** Why it cannot be published now, or not by the reader; such a card is not offered. */
  withheld: z.nullish(z.string()),
  fields: z.nullish(z.array(settingSchema)),
  docs: z.nullish(z.string()),
});
export type CardDescriptor = z.infer<typeof cardSchema>;

const triggerSchema = z.looseObject({
  type: z.string(),
  label: z.nullish(z.string()),
  description: z.nullish(z.string()),
  fields: z.nullish(z.array(settingSchema)),
});
export type TriggerDescriptor = z.infer<typeof triggerSchema>;

function useItems<T extends z.ZodMiniType>(path: string, item: T) {
  return useQuery({
    queryKey: ['catalogue', path],
    queryFn: async (): Promise<z.output<T>[]> => {
      const answer = await get(z.union([z.array(item), z.looseObject({ items: z.array(item) })]), path);
      return Array.isArray(answer) ? answer : (answer.items as z.output<T>[]);
    },
    staleTime: Infinity,
  });
}

/** The cards that automations are made of, with the forms of their settings. */
export function useCards() {
  return useItems('/cards', cardSchema);
}

export function useTriggers() {
  return useItems('/triggers', triggerSchema);
}
