import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { fetchAutomations } from '@/api/getAutomations';
import { fetchRecords } from '@/api/listRecords';
import { text, titleOf } from '@/api/records';
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
  return useQuery({
    queryKey: ['search', query],
    enabled: query !== '',
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<Hit[]> => {
      const records = KINDS.map(async (kind): Promise<Hit[]> => {
        const page = await fetchRecords(kind, { filter: searchFilter(kind, query), limit: 5 });
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
