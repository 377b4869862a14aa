import { Anchor, Button, Group } from '@mantine/core';
import { IconHeadset, IconListDetails, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '@/api/getUsers';
import { AppLink } from '@/components/AppLink';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { FormDialog } from '@/components/FormDialog';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { type Process, useDeleteProcess, useProcesses } from '../api/calling';
import { Section } from '../components/Section';
import { ProcessForm } from './ProcessForm';
import { RowButtons } from '../components/RowButtons';
import { useEdited } from '../useEdited';

/** The processes of a call centre, for administrators. */
export function ProcessesPage() {
  const { t } = useTranslation();
  const processes = useProcesses();
  const users = useUsers().data ?? [];
  const removal = useDeleteProcess();
  const form = useEdited(processes, (data) => data);
  const [removing, setRemoving] = useState<Process | null>(null);
  const all = processes.data ?? [];
  const nameOf = (id: number) => users.find((user) => user.id === id)?.name ?? `#${id}`;
  const add = (
    <Button leftSection={<IconPlus size={14} />} onClick={form.add}>
      {t('calling.processes.add')}
    </Button>
  );
  return (
    <Section
      title={t('settings.pages.processes')}
      text={t('calling.processes.what')}
      action={all.length > 0 && add}
    >
      {processes.error ? (
        <ProblemAlert error={processes.error} onRetry={() => void processes.refetch()} />
      ) : processes.isPending ? (
        <PageSkeleton />
      ) : all.length === 0 ? (
        <EmptyState
          icon={IconHeadset}
          title={t('calling.processes.none')}
          text={t('calling.processes.noneText')}
        >
          {add}
        </EmptyState>
      ) : (
        <DataTable
          label={t('settings.pages.processes')}
          items={all}
          rowKey={(process) => process.id}
          columns={[
            {
              key: 'name',
              label: t('common.name'),
              cell: (process) => (
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  ta="left"
                  onClick={() => form.edit(process)}
                >
                  {process.name}
                </Anchor>
              ),
            },
            {
              key: 'supervisors',
              label: t('calling.processes.supervisors'),
              cell: (process) => process.supervisors.map(nameOf).join(', '),
            },
            {
              key: 'agents',
              label: t('calling.processes.agents'),
              numeric: true,
              width: 90,
              cell: (process) => process.agents.length,
            },
            { key: 'zone', label: t('calling.timeZone'), width: 170, cell: (process) => process.timeZone },
            {
              key: 'lists',
              label: t('settings.pages.leadLists'),
              numeric: true,
              width: 100,
              cell: (process) => (
                <Anchor
                  component={AppLink}
                  size="sm"
                  href={`/settings/lead-lists?process=${process.id}`}
                  aria-label={t('calling.processes.showLists', { count: process.lists, name: process.name })}
                >
                  <Group gap={4} component="span" display="inline-flex">
                    {process.lists}
                    <IconListDetails size={14} aria-hidden />
                  </Group>
                </Anchor>
              ),
            },
            {
              key: 'actions',
              label: '',
              width: 88,
              cell: (process) => (
                <RowButtons
                  edit={{ label: t('calling.edit', { name: process.name }), run: () => form.edit(process) }}
                  remove={{
                    label: t('calling.delete', { name: process.name }),
                    run: () => setRemoving(process),
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
        title={!form.edited ? t('calling.processes.add') : t('calling.edit', { name: form.edited.name })}
      >
        {form.opened && (
          <ProcessForm
            key={form.formKey}
            process={form.edited}
            onDone={form.close}
            onLoadAgain={form.loadAgain}
          />
        )}
      </FormDialog>
      <RemovalDialog
        what={removing?.id ?? null}
        removal={removal}
        title={t('calling.delete', { name: removing?.name ?? '' })}
        confirm={t('common.delete')}
        onClose={() => setRemoving(null)}
      >
        {t('calling.processes.deleteText')}
      </RemovalDialog>
    </Section>
  );
}
