import { Alert, Group, Popover, Progress, Stack, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ScorePart, useScoreOf } from '@/api/leadScore';
import type { RecordData } from '@/api/records';
import { ScoreValue } from '@/components/fields/ScoreValue';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { formatNumber } from '@/lib/format';
import classes from './ScoreWhy.module.css';

const KINDS = ['field', 'choice', 'activity', 'website', 'given', 'hidden'] as const;

function PartLine({ part }: { part: ScorePart }) {
  const { t } = useTranslation();
  const name =
    part.kind === 'website'
      ? t('score.views', { count: part.count ?? 0, number: formatNumber(part.count ?? 0) })
      : part.kind === 'given'
        ? part.label
          ? t('score.givenBy', { name: part.label })
          : t(part.key ? 'score.given' : 'score.givenOther')
        : part.kind === 'hidden'
          ? t('score.parts.hidden')
          : part.kind === 'activity'
            ? `${t('score.times', { number: formatNumber(part.count ?? 0) })} ${part.label ?? ''}`
            : part.value
              ? `${part.label ?? ''}: ${part.value}`
              : part.label;
  return (
    <li className={classes.part} data-none={part.points === 0 || undefined}>
      <span className={classes.name}>{name}</span>
      <span className={classes.points}>
        {formatNumber(part.points, { signDisplay: 'exceptZero' })}
        {part.most != null && (
          <Text span size="xs" c="dimmed">
            {' '}
            {t('score.upTo', { most: formatNumber(part.most) })}
          </Text>
        )}
      </span>
    </li>
  );
}

function Explanation({ lead }: { lead: number }) {
  const { t } = useTranslation();
  const why = useScoreOf(lead, true);
  if (why.error && !why.data) return <ProblemAlert error={why.error} onRetry={() => void why.refetch()} />;
  if (!why.data) return <PageSkeleton rows={4} />;
  const { total, percentage, maximum, current, parts } = why.data;
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Text fw={600}>
          {t('score.ofMaximum', { total: formatNumber(total), maximum: formatNumber(maximum) })}
        </Text>
        <Text fw={600}>{t('score.reached', { percentage: formatNumber(percentage) })}</Text>
      </Group>
      <Progress value={percentage} aria-label={t('score.percentage')} />
      {!current && <Alert color="yellow" p="xs" title={t('score.outdated')} />}
      {KINDS.map((kind) => {
        const some = parts.filter((part) => part.kind === kind);
        if (some.length === 0) return null;
        return (
          <section key={kind} aria-label={t(`score.parts.${kind}`)}>
            {kind !== 'hidden' && (
              <Text size="xs" c="dimmed" fw={600}>
                {t(`score.parts.${kind}`)}
              </Text>
            )}
            <ul className={classes.parts}>
              {some.map((part) => (
                <PartLine key={`${part.key ?? ''}${part.label ?? ''}`} part={part} />
              ))}
            </ul>
          </section>
        );
      })}
      {parts.every(({ points }) => points === 0) && (
        <Text size="sm" c="dimmed">
          {t('score.nothing')}
        </Text>
      )}
    </Stack>
  );
}

/** The score of a lead, which says on a click what it is made of. */
export function ScoreWhy({ lead }: { lead: RecordData }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const total = Number(lead.values['score'] ?? 0);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={340}
      position="bottom-start"
      withArrow
      trapFocus
      returnFocus
      transitionProps={{ duration: 80 }}
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.score}
          aria-label={t('score.whyTitle')}
          title={t('score.whyTitle')}
          onClick={() => setOpened((open) => !open)}
        >
          <ScoreValue total={total} percentage={lead.values['scorePercent']} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('score.whyTitle')} className={classes.dropdown}>
        {opened && <Explanation lead={lead.id} />}
      </Popover.Dropdown>
    </Popover>
  );
}
