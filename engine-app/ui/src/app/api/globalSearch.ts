import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { fetchAutomations } from '@/api/getAutomations';
import { fetchRecords } from '@/api/listRecords';
import { text, titleOf } from '@/api/records';
import { useSeenFields } from '@/api/useSeenFields';
import { searchFilter } from '@/lib/searchFilter';

export interface Hit {
  kind: 'leads' | 'contacts' | 'accounts' | 'opportunities' | 'automations';
  id: number;
  label: string;
  detail?: string | undefined;
}

const KINDS = ['leads', 'contacts', 'accounts', 'opportunities'] as const;

/** Finds records and automations by what the person typed, a few of each kind. */
export function useGlobalSearch(query: string) {
  const client = useQueryClient();
  const asked = query !== '';
  const seen = {
    leads: useSeenFields('leads', asked),
    contacts: useSeenFields('contacts', asked),
    accounts: useSeenFields('accounts', asked),
    opportunities: useSeenFields('opportunities', asked),
  };
  const filters = KINDS.map((kind) => searchFilter(kind, query, undefined, seen[kind]));
  return useQuery({
    queryKey: ['search', query, filters],
    enabled: asked && KINDS.every((kind) => seen[kind].known),
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<Hit[]> => {
      const records = KINDS.map(async (kind, index): Promise<Hit[]> => {
        const page = await fetchRecords(kind, { filter: filters[index], limit: 5 });
        return page.items.map((item) => ({
          kind,
          id: item.id,
          label: titleOf(kind, item),
          detail: text(item, 'email') || text(item, 'website') || undefined,
        }));
      });
      const automations = client
        .fetchQuery({ queryKey: ['automations'], queryFn: fetchAutomations, staleTime: 60_000 })
        .then((items) =>
          items
            .filter((item) => item.name.toLowerCase().includes(query.toLowerCase()))
            .slice(0, 5)
            .map((item): Hit => ({ kind: 'automations', id: item.id, label: item.name })),
        );
      const settled = await Promise.allSettled([...records, automations]);
      return settled.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    },
  });
}
