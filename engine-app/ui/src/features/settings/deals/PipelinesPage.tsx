import { Alert, Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Pipeline, usePipelines } from '@/api/pipelines';
import { useMay } from '@/api/rights';
import { DataTable } from '@/components/DataTable';
import { FormDialog } from '@/components/FormDialog';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, isOutdated, ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { FormFooter } from '../components/FormFooter';
import { RowButtons } from '../components/RowButtons';
import { Section } from '../components/Section';
import { useEdited } from '../useEdited';
import {
  type DraftStage,
  useDeletePipeline,
  useOpportunitySettings,
  usePipelineUsage,
  useSaveOpportunitySettings,
  useSavePipeline,
} from './deals';
import { decided, type Leaving, LeavingChoice } from './Leaving';
import { NamedBy, StageNamedBy } from './NamedBy';
import { StageRows } from './StageRows';

let fresh = 0;

function drafts(before: Pipeline | null): DraftStage[] {
  return before
    ? before.stages.map((stage) => ({ ...stage, key: String(stage.id) }))
    : [{ key: `new${fresh++}`, id: null, name: '', funnel: true, pie: true }];
}

/** Name, stages in their order, and what charts show; nothing is changed before Save (REV-031). */
function PipelineForm({
  before,
  onDone,
  onLoadAgain,
}: {
  before: Pipeline | null;
  onDone: () => void;
  onLoadAgain: () => void;
}) {
  const { t } = useTranslation();
  const save = useSavePipeline();
  const mayDelete = useMay('opportunity', 'delete');
  const counting = usePipelineUsage(before?.id ?? null, false);
  const counts = counting.data;
  const usage = counts?.stages ?? {};
  const [name, setName] = useState(before?.name ?? '');
  const [charts, setCharts] = useState({ funnel: before?.funnel ?? true, pie: before?.pie ?? true });
  const [stages, setStages] = useState(() => drafts(before));
  const [leaving, setLeaving] = useState<Record<string, Leaving | undefined>>({});
  useUnsaved({ name, charts, stages, leaving }, save.isPending || save.isSuccess);
  const { errorOf, elsewhere } = fieldErrors(save.error, [
    'name',
    ...stages.map((_, index) => `stages[${index}].name`),
  ]);
  const kept = stages.flatMap(({ id, name: label }) => (id === null ? [] : [{ id, label }]));
  const gone = (before?.stages ?? []).filter(({ id }) => !kept.some((stage) => stage.id === id));
  const emptied = gone.filter(({ id }) => (usage[String(id)] ?? 0) > 0);
  const liveOf = (id: number) => counts?.live[String(id)] ?? 0;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(
          {
            before,
            name,
            ...charts,
            stages: stages.map(({ id, name: label, funnel, pie }) => ({ id, name: label, funnel, pie })),
            moves: Object.fromEntries(
              emptied.flatMap(({ id }) => {
                const choice = leaving[id];
                return choice && 'to' in choice ? [[id, choice.to]] : [];
              }),
            ),
            deletes: Object.fromEntries(
              emptied.flatMap(({ id }) => {
                const choice = leaving[id];
                // The number that was read, so that nothing goes along that came meanwhile.
                return choice && 'sure' in choice ? [[id, choice.sure]] : [];
              }),
            ),
          },
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
        {elsewhere && (
          <ProblemAlert
            error={save.error}
            retry={t('common.loadAgain')}
            onRetry={isOutdated(save.error) ? onLoadAgain : undefined}
          />
        )}
        <TextInput
          label={t('common.name')}
          description={t('settings.pipelines.nameHint')}
          value={name}
          error={errorOf('name')}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={250}
          required
          data-autofocus
        />
        <Group>
          <Switch
            label={t('settings.pipelines.funnel')}
            checked={charts.funnel}
            onChange={(event) => setCharts({ ...charts, funnel: event.currentTarget.checked })}
          />
          <Switch
            label={t('settings.pipelines.pie')}
            checked={charts.pie}
            onChange={(event) => setCharts({ ...charts, pie: event.currentTarget.checked })}
          />
        </Group>
        <Text size="sm" fw={500}>
          {t('settings.pipelines.stages')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('settings.pipelines.stageHint')}
        </Text>
        <StageRows
          stages={stages}
          errorOf={(index) => errorOf(`stages[${index}].name`)}
          onStages={setStages}
        />
        {gone.length > 0 && counting.error && (
          <ProblemAlert error={counting.error} onRetry={() => void counting.refetch()} />
        )}
        {emptied.map(({ id, name: label }) => (
          <LeavingChoice
            key={id}
            name={label}
            count={usage[String(id)] ?? 0}
            live={liveOf(id)}
            targets={kept}
            deletable={mayDelete}
            leaving={leaving[id]}
            onLeaving={(next) => setLeaving({ ...leaving, [id]: next })}
          />
        ))}
        {before && gone.map((stage) => <StageNamedBy key={stage.id} pipeline={before.id} stage={stage} />)}
        <FormFooter
          submit={t('common.save')}
          loading={save.isPending}
          disabled={
            !name.trim() ||
            (gone.length > 0 && !counts) ||
            emptied.some(({ id }) => !decided(leaving[id], liveOf(id), kept))
          }
          onCancel={onDone}
        >
          <Button
            variant="default"
            mr="auto"
            leftSection={<IconPlus size={14} />}
            onClick={() =>
              setStages((all) => [
                ...all,
                { key: `new${fresh++}`, id: null, name: '', funnel: true, pie: true },
              ])
            }
          >
            {t('settings.pipelines.addStage')}
          </Button>
        </FormFooter>
      </Stack>
    </form>
  );
}

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
      <NamedBy name={pipeline.name} uses={usage?.uses} />
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
