import {
  ActionIcon,
  Button,
  Code,
  CopyButton,
  Group,
  Stack,
  Text,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconCheck, IconCopy, IconPencil, IconPlus, IconTextCaption, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CustomValue, mergeFieldOf, useCustomValues } from '@/api/customValues';
import { useMay } from '@/api/rights';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { FormDialog } from '@/components/FormDialog';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, ProblemAlert } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { useDeleteCustomValue, useSaveCustomValue } from '../api/customValues';
import { Section } from '../components/Section';

function ValueForm({ before, onDone }: { before: CustomValue | null; onDone: () => void }) {
  const { t } = useTranslation();
  const save = useSaveCustomValue();
  const [name, setName] = useState(before?.name ?? '');
  const [value, setValue] = useState(before?.value ?? '');
  useUnsaved({ name, value }, save.isPending || save.isSuccess);
  const { errorOf, elsewhere } = fieldErrors(save.error, ['name', 'value']);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(
          { before, name: name.trim(), value },
          {
            onSuccess: () => {
              toast(t('common.saved'));
              onDone();
            },
          },
        );
      }}
    >
      <Stack gap="sm">
        {elsewhere && <ProblemAlert error={save.error} />}
        <TextInput
          label={t('common.name')}
          description={before ? t('settings.values.keyStays', { key: before.key }) : undefined}
          value={name}
          error={errorOf('name')}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={100}
          required
          data-autofocus
        />
        <Textarea
          label={t('settings.values.value')}
          description={t('settings.values.valueText')}
          value={value}
          error={errorOf('value')}
          onChange={(event) => setValue(event.currentTarget.value)}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={10_000}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!name.trim()}>
            {t(before ? 'common.save' : 'common.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function MergeField({ value }: { value: CustomValue }) {
  const { t } = useTranslation();
  const field = mergeFieldOf(value);
  return (
    <Group gap={4} wrap="nowrap">
      <Code style={{ overflowWrap: 'anywhere' }}>{field}</Code>
      <CopyButton value={field}>
        {({ copied, copy }) => (
          <Tooltip label={t(copied ? 'common.copied' : 'common.copy')}>
            <ActionIcon aria-label={t('settings.values.copy', { name: value.name })} onClick={copy}>
              {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}

/** Texts of the account that are put in where their keys stand (SET-101 to SET-108). */
export function CustomValuesPage() {
  const { t } = useTranslation();
  const values = useCustomValues();
  const remove = useDeleteCustomValue();
  const [editing, setEditing] = useState<CustomValue | 'new' | null>(null);
  const [removing, setRemoving] = useState<CustomValue | null>(null);
  const mayEdit = useMay('settings', 'edit');
  const add = mayEdit && (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>
      {t('settings.values.add')}
    </Button>
  );
  return (
    <Section
      title={t('settings.pages.values')}
      text={t('settings.values.what')}
      action={(values.data?.length ?? 0) > 0 && add}
    >
      {values.error ? (
        <ProblemAlert error={values.error} onRetry={() => void values.refetch()} />
      ) : values.isPending ? (
        <PageSkeleton rows={3} />
      ) : values.data.length === 0 ? (
        <EmptyState
          icon={IconTextCaption}
          title={t('settings.values.empty')}
          text={t('settings.values.emptyText')}
        >
          {add}
        </EmptyState>
      ) : (
        <DataTable
          label={t('settings.pages.values')}
          items={values.data}
          rowKey={(value) => value.id}
          columns={[
            {
              key: 'name',
              label: t('common.name'),
              cell: (value) => <span style={{ overflowWrap: 'anywhere' }}>{value.name}</span>,
            },
            { key: 'key', label: t('settings.fields.key'), cell: (value) => <MergeField value={value} /> },
            {
              key: 'value',
              label: t('settings.values.value'),
              cell: (value) =>
                value.value ? (
                  <Text size="sm" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
                    {value.value}
                  </Text>
                ) : (
                  <Text size="sm" c="dimmed">
                    {t('settings.values.none')}
                  </Text>
                ),
            },
            {
              key: 'actions',
              label: '',
              width: 90,
              cell: (value) =>
                mayEdit && (
                  <Group gap={4} wrap="nowrap" justify="flex-end">
                    <ActionIcon
                      aria-label={t('settings.values.edit', { name: value.name })}
                      onClick={() => setEditing(value)}
                    >
                      <IconPencil size={16} />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={t('settings.values.delete', { name: value.name })}
                      onClick={() => setRemoving(value)}
                    >
                      <IconTrash size={16} />
                    </ActionIcon>
                  </Group>
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
            ? t('settings.values.add')
            : t('settings.values.edit', { name: editing.name })
        }
      >
        {editing !== null && (
          <ValueForm before={editing === 'new' ? null : editing} onDone={() => setEditing(null)} />
        )}
      </FormDialog>
      <RemovalDialog
        what={removing?.id ?? null}
        removal={remove}
        title={t('settings.values.deleteTitle', { name: removing?.name ?? '' })}
        confirm={t('common.delete')}
        onClose={() => setRemoving(null)}
      >
        {t('settings.values.deleteText')}
      </RemovalDialog>
    </Section>
  );
}
