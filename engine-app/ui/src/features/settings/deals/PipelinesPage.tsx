import { Alert, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Pipeline, usePipelines } from '@/api/pipelines';
import { useMay } from '@/api/rights';
import { DataTable } from '@/components/DataTable';
import { FormDialog } from '@/components/FormDialog';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { RowButtons } from '../components/RowButtons';
import { Section } from '../components/Section';
import { useEdited } from '../useEdited';
import {
  useDeletePipeline,
  useOpportunitySettings,
  usePipelineUsage,
  useSaveOpportunitySettings,
} from './deals';
import { decided, type Leaving, LeavingChoice } from './Leaving';
import { NamedBy } from './NamedBy';
import { PipelineForm } from './PipelineForm';

/** Asks where the opportunities of a pipeline go before it is deleted for good (REV-028, REV-030). */
function DeletePipeline({
  pipeline,
  others,
  onDone,
}: {
  pipeline: Pipeline;
  others: Pipeline[];
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const remove = useDeletePipeline();
  const mayDelete = useMay('opportunity', 'delete');
  const counting = usePipelineUsage(pipeline.id, true);
  const usage = counting.data;
  const total = (counts: Record<string, number> | undefined) =>
    Object.values(counts ?? {}).reduce((sum, one) => sum + one, 0);
  const count = total(usage?.stages);
  const live = total(usage?.live);
  const targets = others.flatMap((other) =>
    other.stages.map((stage) => ({ id: stage.id, label: `${other.name}: ${stage.name}` })),
  );
  const [leaving, setLeaving] = useState<Leaving>();
  return (
    <Stack gap="sm">
      {remove.error && <ProblemAlert error={remove.error} />}
      {counting.error && <ProblemAlert error={counting.error} onRetry={() => void counting.refetch()} />}
      <Text size="sm">{t('settings.pipelines.deleteText')}</Text>
      <NamedBy
        name={pipeline.name}
        uses={usage?.uses}
        instead={targets.find(({ id }) => leaving && 'to' in leaving && id === leaving.to)?.label}
      />
      {count > 0 && others.length > 0 && (
        <LeavingChoice
          name={pipeline.name}
          count={count}
          live={live}
          targets={targets}
          deletable={mayDelete}
          leaving={leaving}
          onLeaving={setLeaving}
        />
      )}
      {count > 0 && others.length === 0 && (
        <Alert color="yellow">{t('settings.pipelines.onlyOne', { count })}</Alert>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          disabled={usage === undefined || (count > 0 && !decided(leaving, live, targets))}
          onClick={() =>
            remove.mutate(
              {
                id: pipeline.id,
                target: leaving && 'to' in leaving ? leaving.to : null,
                deletes: leaving && 'sure' in leaving ? leaving.sure : null,
              },
              { onSuccess: onDone },
            )
          }
        >
          {t('common.delete')}
        </Button>
      </Group>
    </Stack>
  );
}

/** The pipelines with their stages (REV-018 to REV-031), and whether a contact may have two in one (REV-015). */
export function PipelinesPage() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const pipelines = usePipelines();
  const settings = useOpportunitySettings();
  const saveSettings = useSaveOpportunitySettings();
  const may = {
    create: useMay('schema', 'create'),
    edit: useMay('schema', 'edit'),
    remove: useMay('schema', 'delete'),
  };
  const form = useEdited(pipelines, ({ items }) => items);
  const [deleting, setDeleting] = useState<Pipeline | null>(null);
  const items = pipelines.data?.items ?? [];
  return (
    <Section
      title={t('settings.pages.pipelines')}
      text={t('settings.about.pipelines')}
      action={
        may.create && (
          <Button leftSection={<IconPlus size={14} />} onClick={form.add}>
            {t('settings.pipelines.add')}
          </Button>
        )
      }
    >
      {pipelines.error ? (
        <ProblemAlert error={pipelines.error} onRetry={() => void pipelines.refetch()} />
      ) : !pipelines.data ? (
        <PageSkeleton />
      ) : (
        <DataTable
          label={t('settings.pages.pipelines')}
          items={items}
          rowKey={({ id }) => id}
          columns={[
            { key: 'name', label: t('common.name'), cell: ({ name }) => name },
            {
              key: 'stages',
              label: t('settings.pipelines.stages'),
              cell: ({ stages }) => stages.map(({ name }) => name).join(' → '),
            },
            {
              key: 'actions',
              label: '',
              width: 90,
              cell: (pipeline) => (
                <RowButtons
                  edit={
                    may.edit
                      ? {
                          label: t('settings.pipelines.edit', { name: pipeline.name }),
                          run: () => form.edit(pipeline),
                        }
                      : undefined
                  }
                  remove={
                    may.remove
                      ? {
                          label: t('settings.pipelines.remove', { name: pipeline.name }),
                          run: () => setDeleting(pipeline),
                        }
                      : undefined
                  }
                />
              ),
            },
          ]}
        />
      )}
      {settings.data && (
        <Switch
          mt="lg"
          label={t('settings.pipelines.duplicates')}
          description={t('settings.pipelines.duplicatesText')}
          checked={settings.data.allowDuplicates}
          disabled={!may.edit || saveSettings.isPending}
          onChange={(event) =>
            saveSettings.mutate(event.currentTarget.checked, {
              onSuccess: () => toast(t('common.saved')),
              onError: (error) => toast(problemText(error), { kind: 'bad' }),
            })
          }
        />
      )}
      <FormDialog
        opened={form.opened}
        onClose={form.close}
        size={720}
        title={
          form.edited ? t('settings.pipelines.edit', { name: form.edited.name }) : t('settings.pipelines.add')
        }
      >
        {form.opened && (
          <PipelineForm
            key={form.formKey}
            before={form.edited ?? null}
            onDone={form.close}
            onLoadAgain={form.loadAgain}
          />
        )}
      </FormDialog>
      <FormDialog
        opened={deleting !== null}
        onClose={() => setDeleting(null)}
        title={t('settings.pipelines.remove', { name: deleting?.name ?? '' })}
      >
        {deleting && (
          <DeletePipeline
            pipeline={deleting}
            others={items.filter(({ id }) => id !== deleting.id)}
            onDone={() => setDeleting(null)}
          />
        )}
      </FormDialog>
    </Section>
  );
}
