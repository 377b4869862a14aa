import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isChoiceKind } from '@/api/getChoices';
import { useFields } from '@/api/getSchema';
import { useUsers } from '@/api/getUsers';
import { ChoiceValue } from '@/components/fields/ChoiceValue';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { type FollowUp, useFollowUps } from './followUps';
import classes from './FollowUps.module.css';

const SHOWN = ['stage', 'status', 'group', 'rating'];

function Moves({ entry }: { entry: FollowUp }) {
  const { t } = useTranslation();
  const fields = useFields('leads').data ?? [];
  return SHOWN.flatMap((key) => {
    const move = entry.moves[key];
    if (!move || !isChoiceKind(key)) return [];
    const changed = (move.before ?? null) !== (move.after ?? null);
    return [
      <div key={key} className={classes.move}>
        <dt>{fields.find((field) => field.key === key)?.label ?? key}</dt>
        <dd>
          {changed && (
            <>
              {move.before ? <ChoiceValue kind={key} label={move.before} /> : '–'}
              <span aria-label={t('followUp.becomes')} role="img">
                {' → '}
              </span>
            </>
          )}
          {move.after ? <ChoiceValue kind={key} label={move.after} /> : '–'}
        </dd>
      </div>,
    ];
  });
}

/** All that was noted of a lead, newest first; the newest stands out (LEAD-114, LEAD-115). */
export function FollowUpList({ lead }: { lead: number }) {
  const { t } = useTranslation();
  const users = useUsers().data ?? [];
  const followUps = useFollowUps(lead);
  if (followUps.error && !followUps.data) {
    return <ProblemAlert error={followUps.error} onRetry={() => void followUps.refetch()} />;
  }
  if (!followUps.data) return <PageSkeleton rows={3} />;
  const entries = followUps.data.pages.flatMap(({ items }) => items);
  if (entries.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('followUp.none')}
      </Text>
    );
  }
  return (
    <>
      <ol className={classes.list}>
        {entries.map((entry, index) => (
          <li key={entry.id} className={classes.entry} data-newest={index === 0 || undefined}>
            <div className={classes.head}>
              <span className={classes.who}>
                {users.find(({ id }) => id === entry.userId)?.name ?? t('followUp.nobody')}
              </span>
              <Text span size="xs" c="dimmed">
                <Moment at={entry.at} />
              </Text>
            </div>
            {entry.comment && <p className={classes.comment}>{entry.comment}</p>}
            <dl className={classes.moves}>
              <Moves entry={entry} />
              <div className={classes.move}>
                <dt>{t('followUp.next')}</dt>
                <dd>{entry.nextAt ? <Moment at={entry.nextAt} /> : t('followUp.noNext')}</dd>
              </div>
            </dl>
          </li>
        ))}
      </ol>
      {followUps.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={followUps.isFetchingNextPage}
          onClick={() => void followUps.fetchNextPage()}
        >
          {t('followUp.more')}
        </Button>
      )}
    </>
  );
}
