import { Anchor, Button } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordData } from '@/api/records';
import { AppLink } from '@/components/AppLink';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { formatNumber } from '@/lib/format';
import { Nothing, Panel } from '../components/Panel';
import { useAround, useMessages } from './around';
import { ActivityLine, LeadLine, MessageLine, TaskRow } from './Lines';
import classes from './Page.module.css';

/** So many of each kind are shown before one asks for all. */
const FIRST = 5;

interface Props {
  lead: RecordData;
  /** Opens a tab of the page; undefined for tabs that the page has not. */
  tabOpener: (tab: 'messages' | 'activities') => (() => void) | undefined;
}

/** What else belongs to a lead, at the bottom of its page: messages, tasks, activities, related leads (LEAD-126). */
export function Surroundings({ lead, tabOpener }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const panel = useId();
  // Whoever does not open it need not wait for its numbers, nor the database count at every change.
  const around = useAround(lead.id, open);
  const messages = useMessages('leads', lead.id, open);
  const sent = messages.data?.pages[0];
  const all = (kind: 'tasks' | 'leads', filter: string): ReactNode => (
    <Anchor
      size="sm"
      renderRoot={(props) => <AppLink {...props} href={`/${kind}?filter=${encodeURIComponent(filter)}`} />}
    >
      {t('leadPage.showAll')}
    </Anchor>
  );
  const opener = (tab: 'messages' | 'activities') => {
    const run = tabOpener(tab);
    return (
      run && (
        <Button variant="subtle" size="compact-sm" onClick={run}>
          {t('leadPage.showAll')}
        </Button>
      )
    );
  };
  const parts = [
    {
      key: 'messages',
      label: t('leadPage.tabs.messages'),
      total: sent?.total,
      lines: sent?.items.slice(0, FIRST).map((message) => <MessageLine key={message.id} message={message} />),
      none: t('leadPage.noMessages'),
      all: opener('messages'),
      error: messages.error,
    },
    {
      key: 'tasks',
      label: t('leadPage.tabs.tasks'),
      total: around.data?.tasks?.total,
      lines: around.data?.tasks?.items.map((task) => <TaskRow key={task.id} task={task} />),
      none: t('record.noTasks'),
      all: around.data?.tasks && all('tasks', around.data.tasks.filter),
      error: around.error,
    },
    {
      key: 'activities',
      label: t('leadPage.tabs.activities'),
      total: around.data?.activities?.total,
      lines: around.data?.activities?.items.map((activity) => (
        <ActivityLine key={activity.id} activity={activity} brief />
      )),
      none: t('leadPage.noActivities'),
      all: opener('activities'),
      error: around.error,
    },
    {
      key: 'related',
      label: t('leadPage.tabs.related'),
      total: around.data?.related?.total,
      lines: around.data?.related?.items.map((other) => <LeadLine key={other.id} lead={other} />),
      none: t('leadPage.noRelated'),
      all: around.data?.related && all('leads', around.data.related.filter),
      error: around.error,
    },
    // What the reader may not see has no number.
  ].filter((part) => part.error != null || part.total != null);
  const Chevron = open ? IconChevronDown : IconChevronUp;
  return (
    <section className={classes.around} aria-label={t('leadPage.around')}>
      <button
        type="button"
        className={classes.counts}
        aria-expanded={open}
        aria-controls={open ? panel : undefined}
        onClick={() => setOpen((before) => !before)}
      >
        <span className={classes.numbers}>
          <b>{t('leadPage.around')}</b>
          {parts.map((part) => (
            <span key={part.key} className={classes.count}>
              {part.label} <b>{part.total == null ? '–' : formatNumber(part.total)}</b>
            </span>
          ))}
        </span>
        <Chevron size={16} aria-hidden />
      </button>
      {open && (
        <div id={panel} className={classes.cards}>
          {parts.length === 0 && <PageSkeleton rows={3} />}
          {parts.map((part) => (
            <div key={part.key}>
              <Panel
                title={part.label}
                action={part.total != null && part.total > (part.lines?.length ?? 0) && part.all}
              >
                {part.error && part.lines === undefined ? (
                  <ProblemAlert
                    error={part.error}
                    onRetry={() => {
                      void around.refetch();
                      void messages.refetch();
                    }}
                  />
                ) : part.lines?.length ? (
                  <ul className={classes.rows}>{part.lines}</ul>
                ) : (
                  <Nothing>{part.none}</Nothing>
                )}
              </Panel>
            </div>
          ))}
        </div>
      )}
    </section>
  );
}
