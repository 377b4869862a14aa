import { Anchor, Text } from '@mantine/core';
import { IconCheck, IconEyeOff, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Why } from '@/api/getWhy';
import type { Entity } from '@/api/records';
import { AppLink } from '@/components/AppLink';
import { Moment } from '@/components/Moment';
import { SeenValues } from '@/components/SeenValues';
import { Status } from '@/components/Status';
import { CriterionText } from './CriterionText';
import { WantedValue } from './WantedValue';
import classes from './Why.module.css';

const REASONS = [
  'started',
  'neverHappened',
  'otherSettings',
  'notPublished',
  'otherVersion',
  'paused',
  'noStarts',
  'held',
  'unfit',
  'condition',
  'gone',
  'reentry',
  'notHandled',
  'handlingFailed',
  'notKnown',
] as const;
type Reason = (typeof REASONS)[number];

function Line({ children }: { children: ReactNode }) {
  return (
    <Text size="xs" c="dimmed">
      {children}
    </Text>
  );
}

/** The criteria of a start condition, each with whether it was met and what it saw. */
function Parts({ answer }: { answer: Why }) {
  const { t } = useTranslation();
  return (
    <ol className={classes.parts}>
      {answer.parts.map(({ criterion, holds, seen }, index) => (
        <li key={index} className={classes.part}>
          {holds == null ? (
            <IconEyeOff size={14} aria-label={t('whyNot.part.hidden')} />
          ) : holds ? (
            <IconCheck size={14} className={classes.yes} aria-label={t('whyNot.part.met')} />
          ) : (
            <IconX size={14} className={classes.no} aria-label={t('whyNot.part.notMet')} />
          )}
          <div>
            <Text size="sm" fw={holds === false ? 600 : 400}>
              <CriterionText criterion={criterion} />
            </Text>
            <SeenValues seen={seen} />
          </div>
        </li>
      ))}
    </ol>
  );
}

/** What one automation did about a record, and what said no. */
export function WhyAnswer({ entity, answer, named }: { entity: Entity; answer: Why; named: boolean }) {
  const { t } = useTranslation();
  const { automation, event, run, reentry } = answer;
  const why = REASONS.includes(answer.why as Reason) ? (answer.why as Reason) : 'notKnown';
  const started = why === 'started';
  return (
    <article aria-label={automation.name}>
      <div className={classes.head}>
        {named && (
          <Anchor
            size="sm"
            c="inherit"
            renderRoot={(props) => <AppLink {...props} href={`/automations/${automation.id}`} />}
          >
            {automation.name}
          </Anchor>
        )}
        {run && started ? <Status state={run.status} /> : <Status state={started ? 'done' : 'notstarted'} />}
        {answer.paused && why !== 'paused' && <Status state="paused" />}
      </div>
      <Text size="sm">
        {t(`whyNot.reasons.${why}`, {
          version: answer.version,
          trigger: answer.trigger.summary ?? answer.trigger.type ?? '',
        })}
      </Text>
      {why === 'reentry' && reentry && (
        <Text size="sm">
          {t(`whyNot.policies.${reentry.policy as 'oncePerRecord'}`, { count: reentry.days })}
        </Text>
      )}
      {why === 'otherSettings' &&
        answer.settings.map((setting) => <WantedValue key={setting.key} entity={entity} setting={setting} />)}
      {answer.parts.length > 0 ? (
        <>
          {answer.pattern && <Line>{t('whyNot.pattern', { pattern: answer.pattern })}</Line>}
          <Parts answer={answer} />
        </>
      ) : (
        why === 'condition' && <SeenValues seen={answer.seen} />
      )}
      {answer.message && <Line>{answer.message}</Line>}
      {why === 'condition' && answer.othersAsNow && <Line>{t('whyNot.othersAsNow')}</Line>}
      {event && (
        <Line>
          {t(started ? 'whyNot.startedBy' : 'whyNot.event')} <Moment at={event.at} />
        </Line>
      )}
      {run && (
        <Line>
          <Anchor
            size="xs"
            underline="always"
            renderRoot={(props) => <AppLink {...props} href={`/runs/${run.id}`} />}
          >
            {t(started ? 'whyNot.run' : 'whyNot.lastRun', { id: run.id })}
          </Anchor>{' '}
          <Moment at={run.startedAt} />
          {run.incident && ` · ${run.incident}`}
        </Line>
      )}
    </article>
  );
}
