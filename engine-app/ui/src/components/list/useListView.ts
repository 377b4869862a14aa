import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isListed, useKeepView, useListViews, useSmartLists } from '@/api/smartLists';
import type { Entity } from '@/api/records';
import { useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { parseFilter } from '@/lib/filter/parse';
import { printFilter } from '@/lib/filter/print';
import type { ListSearch } from './listSearch';

/** The same text for filters that mean the same and are only written differently. */
export function canonical(filter: string): string {
  try {
    return printFilter(parseFilter(filter));
  } catch {
    return filter.trim();
  }
}

interface Usual {
  columns: string[];
  sort: string;
}

/**
 * How a list page looks: what its address says, else what the reader has chosen for this list, else what the list says,
 * else the usual.
 */
export function useListView(entity: Entity, search: ListSearch, usual: Usual) {
  const lists = useSmartLists(entity);
  const views = useListViews(entity);
  const { t } = useTranslation();
  const problemText = useProblemText();
  const keep = useKeepView(entity, (error) =>
    toast(t('list.notKept', { why: problemText(error) }), { kind: 'bad' }),
  );
  const list = lists.data?.items.find((entry) => entry.id === search.list);
  const own = views.data?.items.find((view) => (view.list ?? undefined) === search.list);
  const saved = list?.filter ?? '';
  const filter = search.filter ?? saved;
  const sort = search.sort ?? own?.sort ?? list?.sort ?? usual.sort;
  const ownColumns = own && own.columns.length > 0 ? own.columns : undefined;
  const listColumns = list && list.columns.length > 0 ? list.columns : undefined;
  const columns = search.columns?.split(',') ?? ownColumns ?? listColumns ?? usual.columns;
  const changed = useMemo(() => canonical(filter) !== canonical(saved), [filter, saved]);
  return {
    list,
    /** Whether the address names a list that the reader does not see. */
    missing:
      search.list !== undefined && list === undefined && (lists.data !== undefined || !isListed(entity)),
    /** Until it is known what to ask for; all records would be another question. */
    pending: (search.list !== undefined && lists.data === undefined) || views.isPending,
    error: search.list === undefined || lists.data !== undefined ? undefined : lists.error,
    retry: () => void lists.refetch(),
    mayShare: lists.data?.mayShare ?? false,
    lists: lists.data?.items ?? [],
    filter,
    sort,
    columns,
    changed,
    /** Keeps columns for this reader; none for those of the list. */
    keepColumns: (next: string[] | undefined) =>
      keep.mutate({ list: search.list, columns: next ?? [], sort: own?.sort ?? undefined }),
    /** Keeps the order for this reader; none for that of the list. */
    keepSort: (next: string | undefined) =>
      keep.mutate({ list: search.list, columns: own?.columns ?? [], sort: next }),
    forget: () => keep.mutate({ list: search.list, columns: [], sort: undefined }),
  };
}
