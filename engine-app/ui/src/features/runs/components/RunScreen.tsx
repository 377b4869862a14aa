import { Anchor, Button, Modal, Stack, Text, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRun } from '@/api/getRun';
import { plural } from '@/api/records';
import { useMay } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import type { Mark } from '@/components/BpmnCanvas';
import { BpmnDiagram } from '@/components/BpmnDiagram';
import { Moment } from '@/components/Moment';
import { PageHeader } from '@/components/PageHeader';
import { PageSkeleton } from '@/components/PageSkeleton';
import { useProblemText } from '@/components/ProblemAlert';
import { ScreenProblem } from '@/components/ScreenProblem';
import { Split, TallPage } from '@/components/SplitPage';
import { Status } from '@/components/Status';
import { toast } from '@/components/toasts';
import { readDocument } from '@/lib/bpmn/document';
import { formatSpan } from '@/lib/format';
import { type RunAction, useRunAction } from '../api/runActions';
import { pathMarks } from './pathMarks';
import classes from './Run.module.css';
import { StepLine } from './StepLine';
import { Waits } from './Waits';

/** One run: the way it took through the automation, and what each step saw and did. */
export function RunScreen() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const { id } = useParams({ from: '/shell/runs/$id' });
  const run = useRun(id);
  const act = useRunAction(id);
  const mayAct = useMay('automations', 'edit');
  const [chosen, setChosen] = useState<string | undefined>();
  const [cancelling, setCancelling] = useState(false);

  const data = run.data;
  const flows = useMemo(() => readDocument(data?.bpmn ?? '')?.flows() ?? [], [data?.bpmn]);
  const marks = useMemo<Record<string, Mark>>(() => {
    const path = pathMarks(data?.steps ?? [], flows);
    return chosen ? { ...path, [chosen]: 'chosen' } : path;
  }, [data?.steps, flows, chosen]);

  if (run.error && !data) {
    return (
      <ScreenProblem
        error={run.error}
        onRetry={() => void run.refetch()}
        back={{ href: '/automations', label: t('nav.automations') }}
      />
    );
  }
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
    <TallPage>
      <PageHeader
        title={t('run.title', { id: data.id })}
        beside={<Status state={data.status} />}
        actions={
          moving &&
          mayAct && (
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
      <Split
        canvas={
          data.bpmn ? (
            <BpmnDiagram bpmn={data.bpmn} label={t('run.diagram')} marks={marks} onChoose={setChosen} />
          ) : (
            <Text p="md" c="dimmed">
              {t('run.noDiagram')}
            </Text>
          )
        }
        sideLabel={t('run.steps')}
        side={
          <>
            <Waits run={data} mayAct={mayAct} onAction={onAction} busy={act.isPending} />
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
          </>
        }
      />
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
    </TallPage>
  );
}
