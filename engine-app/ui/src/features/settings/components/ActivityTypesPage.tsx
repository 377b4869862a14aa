import { ActionIcon, Button, NumberInput, Stack, TextInput } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RecordKind, useTypes } from '@/api/getTypes';
import { useMay } from '@/api/rights';
import { DataTable } from '@/components/DataTable';
import { FormDialog } from '@/components/FormDialog';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { useUnsaved } from '@/components/unsaved';
import { formatNumber } from '@/lib/format';
import { useChangeActivityType, useCreateActivityType } from '../api/activityTypes';
import { Section } from './Section';

/** The most points either way. */
const MOST_POINTS = 1_000_000;

function TypeForm({ type, onDone }: { type: RecordKind | null; onDone: () => void }) {
  const { t } = useTranslation();
  const create = useCreateActivityType();
  const change = useChangeActivityType();
  const save = type ? change : create;
  const [label, setLabel] = useState(type?.label ?? '');
  const [score, setScore] = useState<number | string>(type?.score ?? 0);
  useUnsaved({ label, score }, save.isPending || save.isSuccess);
  const made = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const key = type?.key ?? made;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ key, label: label.trim(), score: Number(score) }, { onSuccess: onDone });
      }}
    >
      <Stack gap="sm">
        {save.error && <ProblemAlert error={save.error} />}
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
          onChange={setScore}
          allowDecimal={false}
          min={-MOST_POINTS}
          max={MOST_POINTS}
        />
        <Button
          type="submit"
          disabled={!key || !label.trim() || !Number.isInteger(Number(score)) || score === ''}
          loading={save.isPending}
        >
          {t(type ? 'common.save' : 'common.create')}
        </Button>
      </Stack>
    </form>
  );
}

export function ActivityTypesPage() {
  const { t } = useTranslation();
  const types = useTypes('activity-types');
  const mayAdd = useMay('schema', 'create');
  const mayEdit = useMay('schema', 'edit');
  const [editing, setEditing] = useState<RecordKind | 'new' | null>(null);
  return (
    <Section
      title={t('settings.pages.activityTypes')}
      text={t('settings.activityTypes.what')}
      action={
        mayAdd && (
          <Button leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>
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
            {
              key: 'actions',
              label: '',
              width: 48,
              cell: (type) =>
                mayEdit && (
                  <ActionIcon
                    aria-label={t('settings.activityTypes.edit', { name: type.label })}
                    onClick={() => setEditing(type)}
                  >
                    <IconPencil size={16} />
                  </ActionIcon>
                ),
            },
          ]}
        />
      )}
      <FormDialog
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={
          editing === 'new' || editing === null
            ? t('settings.activityTypes.add')
            : t('settings.activityTypes.edit', { name: editing.label })
        }
      >
        {editing !== null && (
          <TypeForm type={editing === 'new' ? null : editing} onDone={() => setEditing(null)} />
        )}
      </FormDialog>
    </Section>
  );
}
