import type { QueryObserverResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '@/components/toasts';

interface Loaded<D> {
  refetch: () => Promise<QueryObserverResult<D>>;
}

/** What a page edits in its form: one of the things it has loaded, a new one, or nothing. */
export function useEdited<D, T extends { id: number; version?: number | null | undefined }>(
  loaded: Loaded<D>,
  itemsOf: (data: D) => readonly T[],
) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<T | 'new' | null>(null);
  const edited = editing === null || editing === 'new' ? undefined : editing;

  /** Somebody else has changed it: the form begins anew with what it is now, or closes when it is gone. */
  const loadAgain = async () => {
    const present = await loaded.refetch();
    if (!present.isSuccess || edited === undefined) return;
    const now = itemsOf(present.data).find((item) => item.id === edited.id);
    if (!now) toast(t('settings.goneMeanwhile'), { kind: 'bad' });
    setEditing(now ?? null);
  };

  return {
    opened: editing !== null,
    /** The thing that is edited; nothing for a new one. */
    edited,
    /** Of another version it is another form. */
    formKey: edited ? `${edited.id}/${edited.version ?? ''}` : 'new',
    edit: (item: T) => setEditing(item),
    add: () => setEditing('new'),
    close: () => setEditing(null),
    loadAgain: () => void loadAgain(),
  };
}
