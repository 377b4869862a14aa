import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { automationItemSchema } from '@/api/getAutomations';
import { get } from '@/lib/http';

export const automationSchema = z.extend(automationItemSchema, {
  draft: z.nullish(z.string()),
  version: z.number(),
});
export type Automation = z.infer<typeof automationSchema>;

/** Whether a version is in force, taking new runs or paused. */
export function isLive({ state }: Automation): boolean {
  return state === 'published' || state === 'paused';
}

export function automationKey(id: number) {
  return ['automation', id] as const;
}

export function useAutomation(id: number) {
  return useQuery({
    queryKey: automationKey(id),
    queryFn: () => get(automationSchema, `/automations/${id}`),
  });
}
