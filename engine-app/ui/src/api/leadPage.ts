import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, get } from '@/lib/http';

/** The tabs that come with Leadloom. */
export const SYSTEM_TABS = [
  'history',
  'activities',
  'messages',
  'tasks',
  'follow-ups',
  'related',
  'automations',
  'owners',
] as const;
export type SystemTab = (typeof SYSTEM_TABS)[number];

/** What can be done with a lead on its page. */
export const LEAD_ACTIONS = [
  'follow-up',
  'activity',
  'email',
  'call',
  'task',
  'note',
  'list',
  'automation',
  'merge',
  'trash',
] as const;
export type LeadAction = (typeof LEAD_ACTIONS)[number];

export function isSystemTab(key: string): key is SystemTab {
  return (SYSTEM_TABS as readonly string[]).includes(key);
}

export function isLeadAction(key: string): key is LeadAction {
  return (LEAD_ACTIONS as readonly string[]).includes(key);
}

export const tabSchema = z.looseObject({
  key: z.string(),
  kind: z.enum(['system', 'activity', 'custom']),
  name: z.nullish(z.string()),
  activityTypes: z.array(z.string()),
  url: z.nullish(z.string()),
  /** Made by the reader for himself; it has an id and a version then. */
  own: z.nullish(z.boolean()),
  id: z.nullish(z.number()),
  version: z.nullish(z.number()),
});
export type LeadTab = z.infer<typeof tabSchema>;

const layout = {
  metrics: z.array(z.string()),
  properties: z.array(z.string()),
  tabs: z.array(tabSchema),
  defaultTab: z.string(),
  buttons: z.array(z.string()),
  dropdown: z.array(z.string()),
};
export const layoutSchema = z.looseObject(layout);
export type LeadLayout = z.infer<typeof layoutSchema>;

const pageSchema = z.looseObject({ ...layout, id: z.nullish(z.number()) });
export type LeadPage = z.infer<typeof pageSchema>;

export const leadPageKey = ['lead-view'] as const;

/** How the page of leads looks for the reader: the view of the own team, and the own tabs (PLT-054). */
export function useLeadPage(enabled = true) {
  return useQuery({
    queryKey: leadPageKey,
    queryFn: () => get(pageSchema, '/lead-view'),
    staleTime: 60_000,
    enabled,
  });
}

export interface TabValues {
  kind: 'activity' | 'custom';
  name: string;
  activityTypes: string[];
  url: string;
}

/** What of a tab its kind asks for. */
export function sentOf({ kind, name, activityTypes, url }: TabValues) {
  return kind === 'activity' ? { kind, name, activityTypes } : { kind, name, url };
}

/** Makes or changes a tab that only the reader has. */
export function useSaveOwnTab(tab: LeadTab | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: TabValues) =>
      tab
        ? act('PATCH', `/lead-view/tabs/${tab.id ?? 0}`, { ...sentOf(values), version: tab.version })
        : act('POST', '/lead-view/tabs', sentOf(values)),
    onSettled: () => client.invalidateQueries({ queryKey: leadPageKey }),
  });
}

export function useRemoveOwnTab() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (tab: LeadTab) => act('DELETE', `/lead-view/tabs/${tab.id ?? 0}`),
    onSettled: () => client.invalidateQueries({ queryKey: leadPageKey }),
  });
}
