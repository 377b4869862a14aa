import { Anchor, Button, Checkbox, Group, Text } from '@mantine/core';
import { IconArrowMerge, IconArrowsSplit } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DuplicateGroup, MOST_COUNTED, useApart } from '@/api/duplicates';
import { useFields } from '@/api/getSchema';
import type { Mergeable } from '@/api/merges';
import { type RecordData, titleOf } from '@/api/records';
import { useMayWith } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { DataTable } from '@/components/DataTable';
import { FieldValue } from '@/components/fields/FieldValue';
import { Moment } from '@/components/Moment';
import { useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import classes from './Duplicates.module.css';

/** What tells records of a kind from each other, beside the name. */
const SHOWN: Record<Mergeable, string[]> = {
  leads: ['email', 'phone', 'company', 'city', 'owner', 'createdAt'],
  contacts: ['email', 'phone', 'mobile', 'account', 'owner', 'createdAt'],
  accounts: ['phone', 'website', 'city', 'industry', 'owner', 'createdAt'],
};

interface Props {
  entity: Mergeable;
  group: DuplicateGroup;
  /** What they have in common. */
  why: string;
  mark: ReactNode;
}

/** Records that are likely to be one, and what can be done with them. */
export function DuplicateGroupCard({ entity, group, why, mark }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const fields = useFields(entity).data ?? [];
  const shown = SHOWN[entity].flatMap((key) => fields.find((field) => field.key === key) ?? []);
  const apart = useApart(entity);
  const mayMerge = useMayWith(entity, 'delete');
  const mayEdit = useMayWith(entity, 'edit');
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set(group.records.map(({ id }) => id)));
  const chosen = group.records.filter(({ id }) => ids.has(id)).map(({ id }) => id);
  const more = group.count - group.records.length;
  const title = t('duplicates.group', { why, name: titleOf(entity, group.records[0] as RecordData) });
  const toggle = (id: number) => {
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    setIds(next);
  };
  const fail = (error: unknown) => toast(problemText(error), { kind: 'bad' });
  const undo = () => void apart.mutateAsync({ records: chosen, same: true }).catch(fail);
  // Awaited, since the group is gone by the time that the answer comes.
  const tellApart = () =>
    void apart.mutateAsync({ records: chosen, same: false }).then(
      () =>
        toast(t('duplicates.toldApart', { count: chosen.length }), {
          action: { label: t('common.undo'), run: undo },
        }),
      fail,
    );
  return (
    <section className={classes.group} aria-label={title}>
      <Group justify="space-between" gap="xs" mb="xs">
        <Group gap="xs">
          <Text fw={600} size="sm">
            {why}
          </Text>
          {mark}
          <Text size="xs" c="dimmed">
            {t('duplicates.found')} <Moment at={group.foundAt} />
          </Text>
        </Group>
        <Group gap="xs">
          {mayEdit && (
            <Button
              variant="default"
              leftSection={<IconArrowsSplit size={14} />}
              disabled={chosen.length < 2}
              loading={apart.isPending}
              onClick={tellApart}
            >
              {t('duplicates.apart')}
            </Button>
          )}
          {mayMerge && (
            <Button
              leftSection={<IconArrowMerge size={14} />}
              disabled={chosen.length < 2}
              onClick={() =>
                void navigate({
                  href: `/merge/${entity}?ids=${encodeURIComponent(JSON.stringify(chosen))}`,
                })
              }
            >
              {t('duplicates.merge')}
            </Button>
          )}
        </Group>
      </Group>
      <DataTable
        label={title}
        items={group.records}
        rowKey={(record) => record.id}
        columns={[
          {
            key: 'chosen',
            label: '',
            width: 36,
            cell: (record) => (
              <Checkbox
                size="xs"
                aria-label={t('duplicates.choose', { name: titleOf(entity, record), id: record.id })}
                checked={ids.has(record.id)}
                onChange={() => toggle(record.id)}
              />
            ),
          },
          {
            key: 'name',
            label: t('common.name'),
            cell: (record) => (
              <Anchor
                size="sm"
                renderRoot={(props) => <AppLink {...props} href={`/${entity}/${record.id}`} />}
              >
                {titleOf(entity, record)}
              </Anchor>
            ),
          },
          ...shown.map((field) => ({
            key: field.key,
            label: field.label,
            cell: (record: RecordData) => (
              <FieldValue field={field} value={record.values[field.key]} compact />
            ),
          })),
        ]}
      />
      {more > 0 && (
        <Text size="xs" c="dimmed" mt={4}>
          {group.count >= MOST_COUNTED
            ? t('duplicates.manyMore', { count: more })
            : t('duplicates.more', { count: more })}
        </Text>
      )}
    </section>
  );
}
