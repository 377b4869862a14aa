import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';
import { useRefetchInterval } from '@/lib/live';

const figure = z.nullish(z.number());

export const automationItemSchema = z.looseObject({
  id: z.number(),
  key: z.string(),
  name: z.string(),
  description: z.nullish(z.string()),
  state: z.string(),
  trigger: z.nullish(z.looseObject({ type: z.nullish(z.string()), summary: z.nullish(z.string()) })),
  publishedVersion: z.nullish(z.number()),
  draftChanged: z.nullish(z.boolean()),
  figures: z.nullish(
    z.looseObject({ started: figure, running: figure, waiting: figure, done: figure, failed: figure }),
  ),
  /** Why Leadloom paused it, or why it cannot be published as it is. */
  incident: z.nullish(z.string()),
  updatedAt: z.nullish(z.string()),
});
export type AutomationItem = z.infer<typeof automationItemSchema>;

const schema = z.looseObject({ items: z.array(automationItemSchema), next: z.nullish(z.string()) });

export async function fetchAutomations(): Promise<AutomationItem[]> {
  return (await get(schema, '/automations', { limit: 500 })).items;
}

/** All automations; there are dozens of them, not thousands, so the page searches in what it has. */
export function useAutomations(enabled = true) {
  const refetchInterval = useRefetchInterval();
  return useQuery({ queryKey: ['automations'], queryFn: fetchAutomations, enabled, refetchInterval });
}
