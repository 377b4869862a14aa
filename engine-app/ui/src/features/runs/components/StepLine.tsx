import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Step } from '@/api/getRun';
import { SeenValues } from '@/components/SeenValues';
import { Status } from '@/components/Status';
import { StepMessage } from '@/components/StepMessage';
import { formatMoment, formatSpan } from '@/lib/format';
import classes from './Run.module.css';

/** One step of a run: when, how long, what it saw and what came of it. */
export function StepLine({
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
          <StepMessage message={step.message} />
        </Text>
      )}
    </li>
  );
}
