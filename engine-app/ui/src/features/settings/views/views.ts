import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { type LeadLayout, leadPageKey, layoutSchema, type LeadTab } from '@/api/leadPage';
import { act, call, get } from '@/lib/http';

const viewSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  description: z.nullish(z.string()),
  layout: layoutSchema,
  teams: z.array(z.looseObject({ id: z.number(), name: z.string() })),
  version: z.number(),
});
export type LeadView = z.infer<typeof viewSchema>;

const schema = z.looseObject({ items: z.array(viewSchema), standard: layoutSchema });

const KEY = ['lead-views'] as const;

/** All details views of leads by name, and the layout that a new one begins with. */
export function useLeadViews(enabled = true) {
  return useQuery({ queryKey: KEY, queryFn: () => get(schema, '/lead-views'), enabled });
}

function useChange<T, R>(mutationFn: (what: T) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: KEY }),
        client.invalidateQueries({ queryKey: leadPageKey }),
      ]),
  });
}

/** What of a tab a view keeps. */
function sent({ key, kind, name, activityTypes, url }: LeadTab) {
  if (kind === 'system') return { key, kind };
  return kind === 'activity' ? { key, kind, name, activityTypes } : { key, kind, name, url };
}

export interface ViewValues {
  name: string;
  description: string;
  layout: LeadLayout;
}

export function useSaveView(view: LeadView | undefined) {
  return useChange(({ name, description, layout }: ViewValues) => {
    const body = {
      name,
      description,
      layout: {
        metrics: layout.metrics,
        properties: layout.properties,
        tabs: layout.tabs.map(sent),
        defaultTab: layout.defaultTab,
        buttons: layout.buttons,
        dropdown: layout.dropdown,
      },
    };
    return view
      ? act('PATCH', `/lead-views/${view.id}`, { ...body, version: view.version })
      : act('POST', '/lead-views', body);
  });
}

export function useCopyView() {
  return useChange(({ view, name }: { view: LeadView; name: string }) =>
    act('POST', `/lead-views/${view.id}/copy`, { name }),
  );
}

export function useDeleteView() {
  return useChange((id: number) => act('DELETE', `/lead-views/${id}`));
}

const appliedSchema = z.looseObject({ ownTabsRemoved: z.number() });

/** Gives a team a view; null for the standard one. */
export function useApplyView() {
  return useChange(
    ({
      team,
      ...given
    }: {
      team: number;
      view: number | null;
      replace: boolean;
      /** The view that the team had when it was chosen; 0 for the standard view. */
      seen: number;
    }) => call('PUT', appliedSchema, `/lead-views/teams/${team}`, given),
  );
}
