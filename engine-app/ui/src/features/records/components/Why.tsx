import { Anchor, Box, Loader, Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Step, useRun } from '@/api/getRun';
import { AppLink } from '@/components/AppLink';
import { ProblemAlert } from '@/components/ProblemAlert';
import { SeenValues } from '@/components/SeenValues';
import { StepMessage } from '@/components/StepMessage';
import type { CauseData } from '../api/getTimeline';
import classes from './Timeline.module.css';

/** The steps that led to the card: conditions with what they saw, up to the card itself. */
function stepsUpTo(steps: Step[], card: string | null | undefined): Step[] {
  const at = steps.findLastIndex((step) => step.card === card);
  const path = at < 0 ? steps : steps.slice(0, at + 1);
  return path.filter(
    (step) => step.card === card || step.branch != null || Object.keys(step.seen ?? {}).length > 0,
  );
}

/** Why a change happened: the automation, its run, the card, and the values that its conditions saw. */
export function Why({ cause }: { cause: NonNullable<CauseData['automation']> }) {
  const { t } = useTranslation();
  const runId = cause.runId ?? undefined;
  const run = useRun(runId ?? 0, runId !== undefined);
  if (run.isPending && runId !== undefined)
    return <Loader size="xs" mt="xs" aria-label={t('common.loading')} />;
  if (run.error) return <ProblemAlert error={run.error} mt="xs" onRetry={() => void run.refetch()} />;
  const steps = stepsUpTo(run.data?.steps ?? [], cause.card);
  return (
    <Box className={classes.why}>
      <Text size="sm">
        {t('why.automation')}{' '}
        <Anchor
          underline="always"
          size="sm"
          renderRoot={(props) => <AppLink {...props} href={`/automations/${cause.id ?? ''}`} />}
        >
          {cause.name ?? run.data?.automation.name}
        </Anchor>
        {runId !== undefined && (
          <>
            {', '}
            <Anchor
              underline="always"
              size="sm"
              renderRoot={(props) => <AppLink {...props} href={`/runs/${runId}`} />}
            >
              {t('why.run', { id: runId })}
            </Anchor>
          </>
        )}
      </Text>
      <ol className={classes.path}>
        {steps.map((step, index) => (
          <li key={index}>
            <Text size="sm" fw={step.card === cause.card ? 600 : 400}>
              <IconArrowRight size={12} aria-hidden /> {step.name ?? step.card}
              {step.card === cause.card && (
                <Text span size="xs" c="dimmed">
                  {' '}
                  {t('why.thisCard')}
                </Text>
              )}
            </Text>
            <SeenValues seen={step.seen} />
            {step.rule && (
              <Text size="xs" c="dimmed">
                {t('why.rule', { rule: step.rule })}
              </Text>
            )}
            {step.message && (
              <Text size="xs" c="dimmed">
                <StepMessage message={step.message} />
              </Text>
            )}
          </li>
        ))}
      </ol>
    </Box>
  );
}
