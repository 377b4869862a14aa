import { Badge, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/rights';
import { DataTable } from '@/components/DataTable';
import { FormDialog } from '@/components/FormDialog';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { FormFooter } from '../components/FormFooter';
import { RowButtons } from '../components/RowButtons';
import { Section } from '../components/Section';
import { useEdited } from '../useEdited';
import {
  type DealStatus,
  KINDS,
  type StatusKind,
  useDealStatuses,
  useDeleteStatus,
  useSaveStatus,
  useStatusUsage,
} from './deals';
import { NamedBy } from './NamedBy';

function StatusForm({ before, onDone }: { before: DealStatus | null; onDone: () => void }) {
  const { t } = useTranslation();
  const save = useSaveStatus();
  const [name, setName] = useState(before?.name ?? '');
  const [kind, setKind] = useState<StatusKind>(before?.kind ?? 'open');
  useUnsaved({ name, kind }, save.isPending || save.isSuccess);
  const { errorOf, elsewhere } = fieldErrors(save.error, ['name', 'kind']);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(
          { id: before?.id ?? null, name, kind },
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
          value={name}
          error={errorOf('name')}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={250}
          required
          data-autofocus
        />
        <NativeSelect
          label={t('settings.dealStatuses.kind')}
          description={t(before ? 'settings.dealStatuses.kindFixed' : 'settings.dealStatuses.kindText')}
          value={kind}
          error={errorOf('kind')}
          disabled={before !== null}
          onChange={(event) => setKind(KINDS.find((one) => one === event.currentTarget.value) ?? 'open')}
          data={KINDS.map((one) => ({ value: one, label: t(`settings.dealStatuses.kinds.${one}`) }))}
        />
        <FormFooter
          submit={t('common.save')}
          loading={save.isPending}
          disabled={!name.trim()}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}

/** Says how many opportunities have the status and which one they get, before it goes for good. */
function DeleteStatus({
  status,
  instead,
  onDone,
}: {
  status: DealStatus;
  instead: string;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const remove = useDeleteStatus();
  const usage = useStatusUsage(status.id);
  return (
    <Stack gap="sm">
      {(remove.error ?? usage.error) && (
        <ProblemAlert
          error={remove.error ?? usage.error}
          {...(usage.error && { onRetry: () => void usage.refetch() })}
        />
      )}
      <Text size="sm">
        {usage.data
          ? t('settings.dealStatuses.uses', { count: usage.data.opportunities, instead })
          : t('common.loading')}
      </Text>
      <NamedBy name={status.name} uses={usage.data?.uses} instead={instead} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          disabled={!usage.data}
          onClick={() => remove.mutate(status.id, { onSuccess: onDone })}
        >
          {t('common.delete')}
        </Button>
      </Group>
    </Stack>
  );
}

/** The statuses of opportunities: four that are always there, and named ones of their kinds (REV-012). */
export function StatusesPage() {
  const { t } = useTranslation();
  const statuses = useDealStatuses();
  const may = {
    create: useMay('schema', 'create'),
    edit: useMay('schema', 'edit'),
    remove: useMay('schema', 'delete'),
  };
  const form = useEdited(statuses, ({ items }) => items);
  const [deleting, setDeleting] = useState<DealStatus | null>(null);
  const items = statuses.data?.items ?? [];
  return (
    <Section
      title={t('settings.pages.dealStatuses')}
      text={t('settings.about.dealStatuses')}
      action={
        may.create && (
          <Button leftSection={<IconPlus size={14} />} onClick={form.add}>
            {t('settings.dealStatuses.add')}
          </Button>
        )
      }
    >
      {statuses.error ? (
        <ProblemAlert error={statuses.error} onRetry={() => void statuses.refetch()} />
      ) : !statuses.data ? (
        <PageSkeleton />
      ) : (
        <DataTable
          label={t('settings.pages.dealStatuses')}
          items={items}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'name',
              label: t('common.name'),
              cell: ({ name, delivered }) => (
                <Group gap="xs">
                  {name}
                  {delivered && (
                    <Badge color="gray" component="span">
                      {t('settings.dealStatuses.always')}
                    </Badge>
                  )}
                </Group>
              ),
            },
            {
              key: 'kind',
              label: t('settings.dealStatuses.kind'),
              cell: ({ kind }) => t(`settings.dealStatuses.kinds.${kind}`),
            },
            {
              key: 'actions',
              label: '',
              width: 90,
              cell: (status) => (
                <RowButtons
                  edit={
                    may.edit
                      ? {
                          label: t('settings.pipelines.edit', { name: status.name }),
                          run: () => form.edit(status),
                        }
                      : undefined
                  }
                  remove={
                    may.remove && !status.delivered
                      ? {
                          label: t('settings.pipelines.remove', { name: status.name }),
                          run: () => setDeleting(status),
                        }
                      : undefined
                  }
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
          form.edited
            ? t('settings.pipelines.edit', { name: form.edited.name })
            : t('settings.dealStatuses.add')
        }
      >
        {form.opened && <StatusForm key={form.formKey} before={form.edited ?? null} onDone={form.close} />}
      </FormDialog>
      <FormDialog
        opened={deleting !== null}
        onClose={() => setDeleting(null)}
        title={t('settings.pipelines.remove', { name: deleting?.name ?? '' })}
      >
        {deleting && (
          <DeleteStatus
            status={deleting}
            instead={items.find((one) => one.delivered && one.kind === deleting.kind)?.name ?? deleting.kind}
            onDone={() => setDeleting(null)}
          />
        )}
      </FormDialog>
    </Section>
  );
}
