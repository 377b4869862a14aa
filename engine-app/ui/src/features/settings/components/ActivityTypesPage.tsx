import { Button, NumberInput, Stack, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTypes } from '@/api/getTypes';
import { useMay } from '@/api/rights';
import { DataTable } from '@/components/DataTable';
import { FormDialog } from '@/components/FormDialog';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { useUnsaved } from '@/components/unsaved';
import { formatNumber } from '@/lib/format';
import { useCreateActivityType } from '../api/activityTypes';
import { Section } from './Section';

function NewTypeForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const create = useCreateActivityType();
  const [label, setLabel] = useState('');
  const [score, setScore] = useState(0);
  useUnsaved({ label, score }, create.isPending || create.isSuccess);
  const key = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ key, label: label.trim(), score }, { onSuccess: onDone });
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
  );
}

export function ActivityTypesPage() {
  const { t } = useTranslation();
  const types = useTypes('activity-types');
  const mayAdd = useMay('schema', 'create');
  const [adding, setAdding] = useState(false);
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
      <FormDialog opened={adding} onClose={() => setAdding(false)} title={t('settings.activityTypes.add')}>
        {adding && <NewTypeForm onDone={() => setAdding(false)} />}
      </FormDialog>
    </Section>
  );
}
