import { Alert, Button, Group, List, Modal, Stack, Text, Title } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllFields } from '@/api/getSchema';
import { useUsers } from '@/api/getUsers';
import type { RecordData } from '@/api/records';
import { useMayWith } from '@/api/rights';
import { FieldValue, isEmpty } from '@/components/fields/FieldValue';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { formatMoment } from '@/lib/format';
import { type Merge, type Mergeable, useMerges, useUndoCheck, useUndoMerge } from '@/api/merges';
import panels from '../components/Panels.module.css';
import classes from './Merge.module.css';

function useNames(entity: Mergeable) {
  const { t } = useTranslation();
  return (merge: Merge) =>
    merge.records
      .map(({ id, name }) => name ?? t('merge.unnamed', { kind: t(`merge.kind.${entity}`), id }))
      .join(', ');
}

/** Asks before a merge is taken back, and tells what would not become as it was. */
function UndoDialog({
  entity,
  id,
  merge,
  onClose,
}: {
  entity: Mergeable;
  id: number;
  merge: Merge;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const names = useNames(entity);
  const check = useUndoCheck(entity, id, merge.id);
  const undo = useUndoMerge(entity, id);
  const fields = useAllFields(entity).data ?? [];
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('merge.undoTitle')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('merge.undoText', { names: names(merge) })}</Text>
        {check.error ? (
          <ProblemAlert error={check.error} />
        ) : !check.data ? (
          <PageSkeleton rows={2} />
        ) : (
          (check.data.kept.length > 0 || check.data.elsewhere > 0) && (
            <Alert color="yellow" title={t('merge.changedSince')} p="sm">
              <List size="sm">
                {check.data.kept.map(({ field, label, value }) => {
                  const known = fields.find(({ key }) => key === field);
                  return (
                    <List.Item key={field}>
                      {t('merge.keeps', { field: label })}{' '}
                      <b>
                        {isEmpty(value) || !known ? (
                          t('record.emptyValue')
                        ) : (
                          <FieldValue field={known} value={value} compact />
                        )}
                      </b>
                    </List.Item>
                  );
                })}
                {check.data.elsewhere > 0 && (
                  <List.Item>{t('merge.elsewhere', { count: check.data.elsewhere })}</List.Item>
                )}
              </List>
            </Alert>
          )
        )}
        {undo.error && <ProblemAlert error={undo.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            loading={undo.isPending}
            disabled={!check.data}
            onClick={() =>
              undo.mutate(merge.id, {
                onSuccess: () => {
                  toast(t('merge.undone', { names: names(merge) }));
                  onClose();
                },
              })
            }
          >
            {t('merge.undo')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** What has become part of a record, with the way back while there is one. */
export function MergesPanel({ entity, record }: { entity: Mergeable; record: RecordData }) {
  const { t } = useTranslation();
  const names = useNames(entity);
  const users = useUsers().data ?? [];
  const merges = useMerges(entity, record.id);
  const mayEdit = useMayWith(entity, 'edit', record);
  const mayDelete = useMayWith(entity, 'delete', record);
  const [asked, setAsked] = useState<Merge | null>(null);
  if (merges.error) return <ProblemAlert error={merges.error} onRetry={() => void merges.refetch()} />;
  const items = merges.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className={panels.panel} aria-label={t('merge.here')}>
      <Title order={3} mb="xs">
        {t('merge.here')}
      </Title>
      <ul className={classes.merges}>
        {items.map((merge) => {
          const user = users.find(({ id }) => id === merge.userId)?.name;
          return (
            <li key={merge.id}>
              <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
                <div>
                  <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                    {names(merge)}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {user && `${user} · `}
                    <Moment at={merge.at} />
                    {merge.undoableUntil && (
                      <> · {t('merge.until', { when: formatMoment(merge.undoableUntil) })}</>
                    )}
                  </Text>
                </div>
                {merge.undoableUntil && mayEdit && mayDelete && (
                  <Button
                    size="compact-sm"
                    flex="none"
                    variant="default"
                    leftSection={<IconArrowsSplit2 size={14} />}
                    onClick={() => setAsked(merge)}
                  >
                    {t('merge.undo')}
                  </Button>
                )}
              </Group>
            </li>
          );
        })}
      </ul>
      {asked && <UndoDialog entity={entity} id={record.id} merge={asked} onClose={() => setAsked(null)} />}
    </section>
  );
}
