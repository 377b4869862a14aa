import { Button, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTypes } from '@/api/getTypes';
import { useMay } from '@/api/rights';
import { DataTable } from '@/components/DataTable';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { formatNumber } from '@/lib/format';
import { useCreateActivityType } from '../api/activityTypes';
import { Section } from './Section';

export function ActivityTypesPage() {
  const { t } = useTranslation();
  const types = useTypes('activity-types');
  const create = useCreateActivityType();
  const mayAdd = useMay('schema', 'create');
  const [adding, setAdding] = useState(false);
  const [label, setLabel] = useState('');
  const [score, setScore] = useState(0);
  const key = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return (
    <Section
      title={t('settings.pages.activityTypes')}
      text={t('settings.activityTypes.what')}
      action={
        mayAdd && (
          <Button leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
            {t('settings.activityTypes.add')}
          </Button>
        )
      }
    >
      {types.error ? (
        <ProblemAlert error={types.error} onRetry={() => void types.refetch()} />
      ) : types.isPending ? (
        <PageSkeleton />
      ) : (
        <DataTable
          label={t('settings.pages.activityTypes')}
          items={types.data}
          rowKey={(type) => type.key}
          columns={[
            { key: 'label', label: t('common.name'), cell: (type) => type.label },
            { key: 'key', label: t('settings.fields.key'), cell: (type) => <code>{type.key}</code> },
            {
              key: 'score',
              label: t('settings.activityTypes.score'),
              numeric: true,
              cell: (type) => formatNumber(type.score ?? 0, { signDisplay: 'exceptZero' }),
            },
          ]}
        />
      )}
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        title={t('settings.activityTypes.add')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate(
              { key, label: label.trim(), score },
              {
                onSuccess: () => {
                  setAdding(false);
                  setLabel('');
                },
              },
            );
          }}
        >
          <Stack gap="sm">
            {create.error && <ProblemAlert error={create.error} />}
            <TextInput
              label={t('common.name')}
              description={key && `${t('settings.fields.key')}: ${key}`}
              value={label}
              onChange={(event) => setLabel(event.currentTarget.value)}
              required
              data-autofocus
            />
            <NumberInput
              label={t('settings.activityTypes.score')}
              description={t('settings.activityTypes.scoreText')}
              value={score}
              onChange={(next) => setScore(Number(next) || 0)}
              allowDecimal={false}
            />
            <Button type="submit" disabled={!key} loading={create.isPending}>
              {t('common.create')}
            </Button>
          </Stack>
        </form>
      </Modal>
    </Section>
  );
}
