import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasEnded, useOrderBulk } from '@/api/bulkActions';
import { useRestoreRecord } from '@/api/changeRecord';
import { usePipelines } from '@/api/pipelines';
import { type Entity, type RecordData, titleOf } from '@/api/records';
import { useMayWith } from '@/api/rights';
import { useProblemText, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';

interface Props {
  entity: Entity;
  chosen: RecordData[];
  opened: boolean;
  /** Whether the server has already asked for another stage. */
  stageGone?: boolean;
  onClose: () => void;
  onDone?: () => void;
}

/** Where opportunities come back whose stage is gone (REV-017). */
function StageSelect({
  many,
  value,
  error,
  onChange,
}: {
  many: boolean;
  value: string | null;
  error: string | undefined;
  onChange: (stage: string | null) => void;
}) {
  const { t } = useTranslation();
  const pipelines = usePipelines().data?.items ?? [];
  return (
    <Select
      label={t('trash.stage')}
      description={t(many ? 'trash.stageOfMany' : 'trash.stageText')}
      data={pipelines.map(({ name, stages }) => ({
        group: name,
        items: stages.map((stage) => ({ value: String(stage.id), label: stage.name })),
      }))}
      value={value}
      error={error}
      onChange={onChange}
      clearable={many}
      searchable
      data-autofocus
    />
  );
}

function RestoreForm({ entity, chosen, stageGone = false, onClose, onDone }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const restore = useRestoreRecord(entity);
  const order = useOrderBulk(entity);
  const mayMany = useMayWith(entity, 'bulk');
  const [stage, setStage] = useState<string | null>(null);
  const [tried, setTried] = useState<string | null>(null);
  const [only] = chosen;
  const many = chosen.length > 1;
  const refused = [...violationsOf(restore.error), ...violationsOf(order.error)].find(
    ({ field }) => field === 'stage',
  );
  const gone = stageGone || refused !== undefined;
  // What the server says of a stage is said of the one that was tried.
  const said = stage === tried ? refused?.expectation : undefined;
  const missing = gone ? t('trash.stageMissing') : undefined;
  const onError = (error: Error) => {
    // What is asked for stands in the dialog, and only that.
    const asked = violationsOf(error);
    if (entity !== 'opportunities' || asked.length === 0 || asked.some(({ field }) => field !== 'stage'))
      toast(problemText(error), { kind: 'bad' });
  };
  const done = () => {
    onClose();
    onDone?.();
  };
  const oneByOne = async () => {
    for (const { id } of chosen) await restore.mutateAsync({ id, stage });
  };
  const run = () => {
    setTried(stage);
    if (many && mayMany) {
      const what = t('trash.chosen', { count: chosen.length });
      order.mutate(
        {
          chosen: { ids: chosen.map((record) => record.id) },
          order: {
            operation: 'restore',
            name: `${t('bulk.offer.restore')} · ${what}`,
            settings: stage ? { stage } : {},
          },
        },
        {
          onSuccess: (job) => {
            done();
            if (job.failed > 0)
              toast(t('bulk.partly', { done: job.succeeded, failed: job.failed }), { kind: 'bad' });
            else if (hasEnded(job)) toast(t('bulk.done.restore', { count: job.succeeded }));
            else toast(t('bulk.runs', { name: job.name }));
          },
          onError,
        },
      );
    } else if (only) {
      oneByOne().then(() => {
        done();
        toast(
          many
            ? t('bulk.done.restore', { count: chosen.length })
            : t('trash.restored', { name: titleOf(entity, only) }),
        );
      }, onError);
    }
  };
  return (
    <Stack gap="md">
      <Text size="sm">{t('trash.restoreText')}</Text>
      {entity === 'opportunities' && (many || gone) && (
        <StageSelect many={many} value={stage} error={stage === null ? missing : said} onChange={setStage} />
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button loading={order.isPending || restore.isPending} onClick={run} data-autofocus>
          {t('bulk.confirm.restore')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Asks before the chosen come back (ENG-130), and for a stage where that of an opportunity is gone. */
export function RestoreDialog({ opened, ...props }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      title={t('trash.restoreTitle', { what: t('trash.chosen', { count: props.chosen.length }) })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {opened && <RestoreForm {...props} />}
    </Modal>
  );
}
