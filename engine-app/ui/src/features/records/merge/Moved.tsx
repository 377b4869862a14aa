import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Entity, type RecordData, titleOf } from '@/api/records';
import { PageSkeleton } from '@/components/PageSkeleton';
import { toast } from '@/components/toasts';

interface Props {
  entity: Entity;
  /** The id in the address. */
  from: number;
  /** The record that stands for it. */
  record: RecordData;
}

/** Goes on to the record that another one has become part of. */
export function Moved({ entity, from, record }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const told = useRef<number | null>(null);
  useEffect(() => {
    if (told.current !== from) {
      told.current = from;
      toast(t('merge.moved', { name: titleOf(entity, record) }));
    }
    void navigate({ href: `/${entity}/${record.id}`, replace: true });
  }, [entity, from, record, navigate, t]);
  return <PageSkeleton />;
}
