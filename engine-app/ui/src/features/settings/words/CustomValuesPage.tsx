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
import { IconCheck, IconCopy, IconPlus, IconTextCaption } from '@tabler/icons-react';
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
import { FormFooter } from '../components/FormFooter';
import { RowButtons } from '../components/RowButtons';
import { useEdited } from '../useEdited';

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
        <FormFooter
          submit={t(before ? 'common.save' : 'common.add')}
          loading={save.isPending}
          disabled={!name.trim()}
          onCancel={onDone}
        />
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
  const form = useEdited(values, (data) => data);
  const [removing, setRemoving] = useState<CustomValue | null>(null);
  const mayEdit = useMay('settings', 'edit');
  const add = mayEdit && (
    <Button leftSection={<IconPlus size={14} />} onClick={form.add}>
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
                  <RowButtons
                    edit={{
                      label: t('settings.values.edit', { name: value.name }),
                      run: () => form.edit(value),
                    }}
                    remove={{
                      label: t('settings.values.delete', { name: value.name }),
                      run: () => setRemoving(value),
                    }}
                  />
                ),
            },
          ]}
        />
      )}
      <FormDialog
        opened={form.opened}
        onClose={form.close}
        title={
          !form.edited ? t('settings.values.add') : t('settings.values.edit', { name: form.edited.name })
        }
      >
        {form.opened && <ValueForm before={form.edited ?? null} onDone={form.close} />}
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
