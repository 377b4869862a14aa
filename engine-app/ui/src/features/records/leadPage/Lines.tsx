import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTypes } from '@/api/getTypes';
import { useUsers } from '@/api/getUsers';
import { type RecordData, text, titleOf } from '@/api/records';
import { AppLink } from '@/components/AppLink';
import { Moment } from '@/components/Moment';
import { Status } from '@/components/Status';
import type { Message } from './around';
import classes from './Page.module.css';

/** An activity: its type, who did it when, and what came of it. */
export function ActivityLine({ activity, brief = false }: { activity: RecordData; brief?: boolean }) {
  const types = useTypes('activity-types').data;
  const users = useUsers().data;
  const by = users?.find((user) => user.id === activity.values['user'])?.name;
  const said = [text(activity, 'subject'), text(activity, 'outcome')].filter(Boolean).join(' · ');
  return (
    <li className={classes.row}>
      <Text size="sm" fw={550} className={classes.text}>
        {types?.find((type) => type.key === activity.type)?.label ?? activity.type}
      </Text>
      <Text size="xs" c="dimmed" className={brief ? classes.wide : undefined}>
        {by && `${by} · `}
        <Moment at={text(activity, 'happenedAt') || text(activity, 'createdAt')} />
      </Text>
      {said && (
        <Text size="sm" className={classes.wide}>
          {said}
        </Text>
      )}
      {!brief && text(activity, 'notes') && (
        <Text size="sm" c="dimmed" className={classes.wide}>
          {text(activity, 'notes')}
        </Text>
      )}
    </li>
  );
}

/** A message that was sent, to whom, and what became of it. */
export function MessageLine({ message }: { message: Message }) {
  const { t } = useTranslation();
  return (
    <li className={classes.row}>
      <Text size="sm" fw={550} className={classes.text}>
        {message.subject || t(`deliveries.channels.${message.channel}`)}
      </Text>
      <Status state={message.status} />
      <Text size="xs" c="dimmed" className={classes.wide}>
        {t(`deliveries.channels.${message.channel}`)}
        {message.to && ` · ${message.to}`} · <Moment at={message.endedAt ?? message.createdAt} />
      </Text>
      {message.error && (
        <Text size="xs" c="dimmed" className={classes.wide}>
          {message.error}
        </Text>
      )}
    </li>
  );
}

/** Another lead: its name, its stage and when it came. */
export function LeadLine({ lead }: { lead: RecordData }) {
  return (
    <li className={classes.row}>
      <Anchor
        size="sm"
        className={classes.text}
        renderRoot={(props) => <AppLink {...props} href={`/leads/${lead.id}`} />}
      >
        {titleOf('leads', lead)}
      </Anchor>
      <Text size="xs" c="dimmed">
        {text(lead, 'stage') && `${text(lead, 'stage')} · `}
        <Moment at={text(lead, 'createdAt')} />
      </Text>
    </li>
  );
}

/** A task: what is to be done by when, and whether it is. */
export function TaskRow({ task }: { task: RecordData }) {
  const { t } = useTranslation();
  return (
    <li className={classes.row}>
      <Anchor
        size="sm"
        className={classes.text}
        renderRoot={(props) => <AppLink {...props} href={`/tasks/${task.id}`} />}
      >
        {titleOf('tasks', task)}
      </Anchor>
      <Status state={text(task, 'status')} />
      {text(task, 'dueAt') && (
        <Text size="xs" c="dimmed" className={classes.wide}>
          {t('record.due')} <Moment at={text(task, 'dueAt')} />
        </Text>
      )}
    </li>
  );
}
