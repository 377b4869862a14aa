import { Alert, Anchor, Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconHourglass } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { incidentText, type Run, type Step, useRun } from '@/api/getRun';
import { plural } from '@/api/records';
import { AppLink } from '@/components/AppLink';
import type { Mark } from '@/components/BpmnCanvas';
import { BpmnDiagram } from '@/components/BpmnDiagram';
import { Moment } from '@/components/Moment';
import { PageHeader } from '@/components/PageHeader';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { SeenValues } from '@/components/SeenValues';
import { Status } from '@/components/Status';
import { toast } from '@/components/toasts';
import { BpmnDocument } from '@/lib/bpmn/document';
import { formatMoment, formatSpan } from '@/lib/format';
import { type RunAction, useRunAction } from '../api/runActions';
import { pathMarks } from './pathMarks';
import classes from './Run.module.css';

function flowsOf(bpmn: string | null | undefined) {
  try {
    return bpmn ? new BpmnDocument(bpmn).flows() : [];
  } catch {
    return [];
  }
}

function StepLine({
  step,
  chosen,
  flowName,
  onChoose,
}: {
  step: Step;
  chosen: boolean;
  flowName: string | undefined;
  onChoose: () => void;
}) {
  const { t } = useTranslation();
  const spent =
    step.at && step.leftAt ? new Date(step.leftAt).getTime() - new Date(step.at).getTime() : undefined;
  return (
    <li className={classes.step} data-chosen={chosen || undefined}>
      <button type="button" className={classes.stepButton} aria-pressed={chosen} onClick={onChoose}>
        <span className={classes.stepHead}>
          <span className={classes.stepName}>
            {step.name || step.card}
            {(step.visit ?? 1) > 1 && (
              <Text span size="xs" c="dimmed">
                {' '}
                {t('run.visit', { count: step.visit ?? 1 })}
              </Text>
            )}
          </span>
          {step.result && <Status state={step.result} />}
        </span>
        <Text size="xs" c="dimmed" component="span">
          {step.at && formatMoment(step.at, true)}
          {spent !== undefined && ` · ${formatSpan(spent)}`}
          {step.branch && ` · ${t('run.took', { branch: flowName || step.branch })}`}
        </Text>
      </button>
      <SeenValues seen={step.seen} />
      {step.rule && (
        <Text size="xs" c="dimmed" mt={2}>
          {t('why.rule', { rule: step.rule })}
        </Text>
      )}
      {step.message && (
        <Text size="sm" mt={2} style={{ overflowWrap: 'anywhere' }}>
          {step.message}
        </Text>
      )}
    </li>
  );
}

function Waits({ run, onAction, busy }: { run: Run; onAction: (action: RunAction) => void; busy: boolean }) {
  const { t } = useTranslation();
  const waits = run.waits ?? [];
  const incident = incidentText(run.incident);
  if (run.status !== 'failed' && run.status !== 'waiting') return null;
  return (
    <Stack gap="xs" mb="md">
      {run.status === 'failed' && (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('run.failed')}>
          {incident && (
            <Text size="sm" mb="xs" style={{ overflowWrap: 'anywhere' }}>
              {incident}
            </Text>
          )}
          {waits.every((wait) => wait.kind !== 'failed' && wait.kind !== 'failure') && (
            <Group gap="xs">
              <Button
                loading={busy}
                onClick={() => onAction({ kind: 'retry', ...(waits[0] ? { wait: waits[0].id } : {}) })}
              >
                {t('run.retry')}
              </Button>
              <Button
                variant="default"
                loading={busy}
                onClick={() => onAction({ kind: 'skip', ...(waits[0] ? { wait: waits[0].id } : {}) })}
              >
                {t('run.skip')}
              </Button>
            </Group>
          )}
        </Alert>
      )}
      {waits.map((wait) => {
        const failed = wait.kind === 'failed' || wait.kind === 'failure';
        return (
          <Alert
            key={wait.id}
            color={failed ? 'red' : 'yellow'}
            icon={failed ? <IconAlertTriangle size={18} /> : <IconHourglass size={18} />}
          >
            <Text size="sm" mb={4}>
              {wait.message ??
                (wait.due
                  ? t('run.waitsUntil', { when: formatMoment(wait.due) })
                  : t('run.waitsFor', { what: wait.event ?? wait.card ?? '' }))}
            </Text>
            <Group gap="xs">
              {failed && (
                <>
                  <Button loading={busy} onClick={() => onAction({ kind: 'retry', wait: wait.id })}>
                    {t('run.retry')}
                  </Button>
                  <Button
                    variant="default"
                    loading={busy}
                    onClick={() => onAction({ kind: 'skip', wait: wait.id })}
                  >
                    {t('run.skip')}
                  </Button>
                </>
              )}
            </Group>
          </Alert>
        );
      })}
    </Stack>
  );
}

/** One run: the way it took through the automation, and what each step saw and did. */
export function RunScreen() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const { id } = useParams({ from: '/shell/runs/$id' });
  const run = useRun(id);
  const act = useRunAction(id);
  const [chosen, setChosen] = useState<string | undefined>();
  const [cancelling, setCancelling] = useState(false);

  const data = run.data;
  const flows = useMemo(() => flowsOf(data?.bpmn), [data?.bpmn]);
  const marks = useMemo<Record<string, Mark>>(() => {
    const path = pathMarks(data?.steps ?? [], flows);
    return chosen ? { ...path, [chosen]: 'chosen' } : path;
  }, [data?.steps, flows, chosen]);

  if (run.error) return <ProblemAlert error={run.error} m="md" onRetry={() => void run.refetch()} />;
  if (!data) return <PageSkeleton />;

  const [kind, recordId] = data.ref?.split('/') ?? [];
  const entity = kind ? plural(kind) : undefined;
  const onAction = (action: RunAction) =>
    act.mutate(action, {
      onSuccess: () => {
        setCancelling(false);
        toast(t(`run.did.${action.kind}`));
      },
      onError: (error) => toast(problemText(error), { kind: 'bad' }),
    });
  const moving = ['running', 'waiting', 'failed'].includes(data.status);

  return (
    <main className={classes.page}>
      <PageHeader
        title={t('run.title', { id: data.id })}
        beside={<Status state={data.status} />}
        actions={
          moving && (
            <Button variant="default" onClick={() => setCancelling(true)}>
              {t('run.cancel')}
            </Button>
          )
        }
      >
        <Text size="sm" c="dimmed">
          <Anchor
            underline="always"
            size="sm"
            renderRoot={(props) => <AppLink {...props} href={`/automations/${data.automation.id}`} />}
          >
            {data.automation.name}
          </Anchor>{' '}
          {data.version != null && t('run.version', { version: data.version })}
          {entity && recordId && (
            <>
              {' · '}
              <Anchor
                underline="always"
                size="sm"
                renderRoot={(props) => <AppLink {...props} href={`/${entity}/${recordId}`} />}
              >
                {data.recordName ?? data.ref}
              </Anchor>
            </>
          )}
          {' · '}
          <Moment at={data.startedAt} />
          {data.startedAt && data.endedAt && (
            <>
              {' · '}
              {t('run.lasted', {
                span: formatSpan(new Date(data.endedAt).getTime() - new Date(data.startedAt).getTime()),
              })}
            </>
          )}
        </Text>
      </PageHeader>
      <div className={classes.split}>
        <div className={classes.diagram}>
          {data.bpmn ? (
            <BpmnDiagram bpmn={data.bpmn} label={t('run.diagram')} marks={marks} onChoose={setChosen} />
          ) : (
            <Text p="md" c="dimmed">
              {t('run.noDiagram')}
            </Text>
          )}
        </div>
        <section className={classes.steps} aria-label={t('run.steps')}>
          <Waits run={data} onAction={onAction} busy={act.isPending} />
          <Title order={2} mb="xs">
            {t('run.steps')}
          </Title>
          <ol className={classes.list}>
            {data.steps?.map((step, index) => (
              <StepLine
                key={`${step.card}-${step.visit ?? index}-${index}`}
                step={step}
                chosen={step.card === chosen}
                flowName={flows.find((flow) => flow.id === step.branch)?.name}
                onChoose={() => setChosen(step.card === chosen ? undefined : step.card)}
              />
            ))}
          </ol>
          {(data.steps ?? []).length === 0 && (
            <Text size="sm" c="dimmed">
              {t('run.noSteps')}
            </Text>
          )}
        </section>
      </div>
      <Modal
        opened={cancelling}
        onClose={() => setCancelling(false)}
        title={t('run.cancel')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack>
          <Text size="sm">{t('run.cancelText')}</Text>
          <Button color="red" loading={act.isPending} onClick={() => onAction({ kind: 'cancel' })}>
            {t('run.cancel')}
          </Button>
        </Stack>
      </Modal>
    </main>
  );
}
