import { ActionIcon, Button, Group, NativeSelect, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Pipeline, usePipelines } from '@/api/pipelines';
import { useMay } from '@/api/rights';
import { DataTable } from '@/components/DataTable';
import { FormDialog } from '@/components/FormDialog';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { Section } from '../components/Section';
import {
  type DraftStage,
  useDeletePipeline,
  useOpportunitySettings,
  usePipelineUsage,
  useSaveOpportunitySettings,
  useSavePipeline,
} from './deals';

let fresh = 0;

function drafts(before: Pipeline | null): DraftStage[] {
  return before
    ? before.stages.map((stage) => ({ ...stage, key: String(stage.id) }))
    : [{ key: `new${fresh++}`, id: null, name: '', funnel: true, pie: true }];
}

/** Name, stages in their order, and what charts show; nothing is changed before Save (REV-031). */
function PipelineForm({ before, onDone }: { before: Pipeline | null; onDone: () => void }) {
  const { t } = useTranslation();
  const save = useSavePipeline();
  const usage = usePipelineUsage(before?.id ?? null).data?.stages ?? {};
  const [name, setName] = useState(before?.name ?? '');
  const [charts, setCharts] = useState({ funnel: before?.funnel ?? true, pie: before?.pie ?? true });
  const [stages, setStages] = useState(() => drafts(before));
  const [moves, setMoves] = useState<Record<string, number>>({});
  useUnsaved({ name, charts, stages, moves }, save.isPending || save.isSuccess);
  const { errorOf, elsewhere } = fieldErrors(save.error, ['name']);
  const change = (key: string, next: Partial<DraftStage>) =>
    setStages((all) => all.map((stage) => (stage.key === key ? { ...stage, ...next } : stage)));
  const move = (index: number, by: number) =>
    setStages((all) => {
      const next = [...all];
      const [stage] = next.splice(index, 1);
      if (stage) next.splice(index + by, 0, stage);
      return next;
    });
  const kept = stages.flatMap(({ id, name: label }) => (id === null ? [] : [{ id, label }]));
  const emptied = (before?.stages ?? []).filter(
    ({ id }) => !kept.some((stage) => stage.id === id) && (usage[String(id)] ?? 0) > 0,
  );
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
                const target = moves[id] ?? kept[0]?.id;
                return target === undefined ? [] : [[id, target]];
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
        {elsewhere && <ProblemAlert error={save.error} />}
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
        {stages.map((stage, index) => (
          <Group key={stage.key} gap="xs" wrap="wrap">
            <TextInput
              flex="1 1 180px"
              aria-label={t('settings.pipelines.stage', { number: index + 1 })}
              value={stage.name}
              onChange={(event) => change(stage.key, { name: event.currentTarget.value })}
              maxLength={250}
            />
            <Switch
              size="xs"
              label={t('settings.pipelines.funnel')}
              checked={stage.funnel}
              onChange={(event) => change(stage.key, { funnel: event.currentTarget.checked })}
            />
            <Switch
              size="xs"
              label={t('settings.pipelines.pie')}
              checked={stage.pie}
              onChange={(event) => change(stage.key, { pie: event.currentTarget.checked })}
            />
            <ActionIcon
              aria-label={t('settings.pipelines.up', { name: stage.name })}
              disabled={index === 0}
              onClick={() => move(index, -1)}
            >
              <IconArrowUp size={16} />
            </ActionIcon>
            <ActionIcon
              aria-label={t('settings.pipelines.down', { name: stage.name })}
              disabled={index === stages.length - 1}
              onClick={() => move(index, 1)}
            >
              <IconArrowDown size={16} />
            </ActionIcon>
            <ActionIcon
              aria-label={t('settings.pipelines.remove', { name: stage.name })}
              disabled={stages.length === 1}
              onClick={() => setStages((all) => all.filter(({ key }) => key !== stage.key))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        {emptied.map(({ id, name: label }) => (
          <NativeSelect
            key={id}
            label={t('settings.pipelines.moveTo', { name: label, count: usage[String(id)] ?? 0 })}
            value={String(moves[id] ?? kept[0]?.id ?? '')}
            onChange={(event) => setMoves({ ...moves, [id]: Number(event.currentTarget.value) })}
            data={kept.map((stage) => ({ value: String(stage.id), label: stage.label }))}
          />
        ))}
        <Group justify="space-between">
          <Button
            variant="default"
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
          <Group gap="xs">
            <Button variant="default" onClick={onDone}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!name.trim()}>
              {t('common.save')}
            </Button>
          </Group>
        </Group>
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
  const usage = usePipelineUsage(pipeline.id).data?.stages;
  const count = Object.values(usage ?? {}).reduce((sum, one) => sum + one, 0);
  const stages = others.flatMap((other) =>
    other.stages.map((stage) => ({ value: String(stage.id), label: `${other.name}: ${stage.name}` })),
  );
  const [target, setTarget] = useState(stages[0]?.value ?? '');
  return (
    <Stack gap="sm">
      {remove.error && <ProblemAlert error={remove.error} />}
      <Text size="sm">{t('settings.pipelines.deleteText')}</Text>
      {count > 0 && (
        <NativeSelect
          label={t('settings.pipelines.moveTo', { name: pipeline.name, count })}
          value={target}
          onChange={(event) => setTarget(event.currentTarget.value)}
          data={stages}
        />
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          disabled={usage === undefined || (count > 0 && target === '')}
          onClick={() =>
            remove.mutate(
              { id: pipeline.id, target: count > 0 ? Number(target) : null },
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
  const mayEdit = useMay('schema', 'edit');
  const [editing, setEditing] = useState<Pipeline | 'new' | null>(null);
  const [deleting, setDeleting] = useState<Pipeline | null>(null);
  const items = pipelines.data?.items ?? [];
  const before = editing === 'new' ? null : editing;
  return (
    <Section
      title={t('settings.pages.pipelines')}
      text={t('settings.about.pipelines')}
      action={
        mayEdit && (
          <Button leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>
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
              cell: (pipeline) =>
                mayEdit && (
                  <Group gap={4} wrap="nowrap" justify="flex-end">
                    <ActionIcon
                      aria-label={t('settings.pipelines.edit', { name: pipeline.name })}
                      onClick={() => setEditing(pipeline)}
                    >
                      <IconPencil size={16} />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={t('settings.pipelines.remove', { name: pipeline.name })}
                      onClick={() => setDeleting(pipeline)}
                    >
                      <IconTrash size={16} />
                    </ActionIcon>
                  </Group>
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
          disabled={!mayEdit || saveSettings.isPending}
          onChange={(event) =>
            saveSettings.mutate(event.currentTarget.checked, {
              onSuccess: () => toast(t('common.saved')),
              onError: (error) => toast(problemText(error), { kind: 'bad' }),
            })
          }
        />
      )}
      <FormDialog
        opened={editing !== null}
        onClose={() => setEditing(null)}
        size={720}
        title={before ? t('settings.pipelines.edit', { name: before.name }) : t('settings.pipelines.add')}
      >
        {editing !== null && <PipelineForm before={before} onDone={() => setEditing(null)} />}
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
