import { Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pipeline } from '@/api/pipelines';
import { useMay } from '@/api/rights';
import { fieldErrors, isOutdated, ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { FormFooter } from '../components/FormFooter';
import { type DraftStage, usePipelineUsage, useSavePipeline, useStageUses } from './deals';
import { decided, type Leaving, LeavingChoice } from './Leaving';
import { NamedBy } from './NamedBy';
import { StageRows } from './StageRows';

let fresh = 0;

function drafts(before: Pipeline | null): DraftStage[] {
  return before
    ? before.stages.map((stage) => ({ ...stage, key: String(stage.id) }))
    : [{ key: `new${fresh++}`, id: null, name: '', funnel: true, pie: true }];
}

/** Name, stages in their order, and what charts show; nothing is changed before Save (REV-031). */
export function PipelineForm({
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
  const naming = useStageUses(
    before?.id ?? null,
    gone.map(({ id }) => id),
  );
  // What could not be read is asked for again at once, so nothing is said while any of it is on its way.
  const reading = counting.isFetching || naming.some(({ isFetching }) => isFetching);
  const failed = counting.error ?? naming.find(({ error }) => error)?.error;
  const notRead = gone.length > 0 && !reading ? failed : null;
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
        {notRead ? (
          <ProblemAlert
            error={notRead}
            onRetry={() => {
              if (counting.error) void counting.refetch();
              for (const each of naming) if (each.error) void each.refetch();
            }}
          />
        ) : (
          <Text size="xs" c="dimmed" aria-live="polite">
            {gone.length > 0 && reading && t('settings.pipelines.looking')}
          </Text>
        )}
        {gone.map(({ id, name: label }, index) => {
          const choice = leaving[id];
          const to = choice && 'to' in choice ? choice.to : undefined;
          return (
            <NamedBy
              key={id}
              name={label}
              uses={naming[index]?.data?.uses}
              instead={kept.find((stage) => stage.id === to)?.label}
            />
          );
        })}
        <FormFooter
          submit={t('common.save')}
          loading={save.isPending}
          disabled={
            !name.trim() ||
            (gone.length > 0 && !counts) ||
            naming.some(({ data }) => !data) ||
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
