import { ActionIcon, Anchor, Checkbox, Pill, TagsInput, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordChanged, useChangeTags } from '@/api/changeRecord';
import { useTags } from '@/api/getTags';
import { useRecords } from '@/api/listRecords';
import { type Entity, type RecordData, recordSchema, singular, text, titleOf } from '@/api/records';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMayWith } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { Moment } from '@/components/Moment';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { call } from '@/lib/http';
import classes from './Panels.module.css';
import { CreateRecord } from './CreateRecord';
import { Nothing, Panel } from './Panel';

interface TagsProps {
  entity: Entity;
  record: RecordData;
  /** Whether they can only be read. */
  fixed: boolean;
}

export function TagsPanel({ entity, record, fixed }: TagsProps) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const known = useTags().data ?? [];
  const change = useChangeTags(entity, record.id);
  const tags = record.tags ?? [];
  if (fixed) {
    return tags.length === 0 ? null : (
      <Pill.Group mb="sm" aria-label={t('record.tags')}>
        {tags.map((tag) => (
          <Pill key={tag}>{tag}</Pill>
        ))}
      </Pill.Group>
    );
  }
  return (
    <TagsInput
      aria-label={t('record.tags')}
      placeholder={tags.length === 0 ? t('record.addTag') : ''}
      size="xs"
      mb="sm"
      data={known.filter((tag) => !tags.includes(tag))}
      value={change.isPending ? undefined : tags}
      onChange={(next) =>
        change.mutate(
          {
            added: next.filter((tag) => !tags.includes(tag)),
            removed: tags.filter((tag) => !next.includes(tag)),
          },
          { onError: (error) => toast(problemText(error), { kind: 'bad' }) },
        )
      }
    />
  );
}

function TaskLine({ task }: { task: RecordData }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const problemText = useProblemText();
  const change = useMutation({
    mutationFn: (status: string) =>
      call('PATCH', recordSchema, `/tasks/${task.id}`, { version: task.version, values: { status } }),
    onSettled: () => recordChanged(client, 'tasks', task.id),
    onError: (error) => toast(problemText(error), { kind: 'bad' }),
  });
  const mayEdit = useMayWith('tasks', 'edit', task);
  const done = text(task, 'status') !== 'pending';
  return (
    <li className={classes.task}>
      <Checkbox
        size="xs"
        mt={3}
        aria-label={t('record.completeTask', { title: titleOf('tasks', task) })}
        checked={change.isPending ? !done : done}
        disabled={!mayEdit}
        onChange={() => change.mutate(done ? 'pending' : 'completed')}
      />
      <div>
        <Anchor
          size="sm"
          c="inherit"
          td={done ? 'line-through' : undefined}
          renderRoot={(props) => <AppLink {...props} href={`/tasks/${task.id}`} />}
        >
          {titleOf('tasks', task)}
        </Anchor>
        {text(task, 'dueAt') && (
          <Text size="xs" c="dimmed">
            {t('record.due')} <Moment at={text(task, 'dueAt')} />
          </Text>
        )}
      </div>
    </li>
  );
}

export function TasksPanel({ entity, id }: { entity: Entity; id: number }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const mayCreate = useMayWith('tasks', 'create');
  const link = singular(entity);
  const tasks = useRecords('tasks', { filter: `${link} = ${id}`, sort: '-createdAt', limit: 20 });
  const items = tasks.data?.items ?? [];
  return (
    <Panel
      title={t('nav.tasks')}
      action={
        mayCreate && (
          <ActionIcon aria-label={t('record.add.tasks')} onClick={() => setAdding(true)}>
            <IconPlus size={16} />
          </ActionIcon>
        )
      }
    >
      {tasks.error ? (
        <ProblemAlert error={tasks.error} onRetry={() => void tasks.refetch()} />
      ) : items.length === 0 ? (
        <Nothing>{t('record.noTasks')}</Nothing>
      ) : (
        <ul className={classes.plain}>
          {items.map((task) => (
            <TaskLine key={task.id} task={task} />
          ))}
        </ul>
      )}
      <CreateRecord
        entity="tasks"
        opened={adding}
        onClose={() => setAdding(false)}
        asked={['title', 'type', 'dueAt', 'owner', 'notes']}
        given={{ [link]: id }}
        openAfter={false}
      />
    </Panel>
  );
}

/** Records that point to this one. */
export function RelatedPanel({ of, entity, id }: { of: 'leads' | 'contacts'; entity: Entity; id: number }) {
  const { t } = useTranslation();
  const related = useRecords(of, { filter: `${singular(entity)} = ${id}`, sort: '-createdAt', limit: 10 });
  const items = related.data?.items ?? [];
  return (
    <Panel title={t(`nav.${of}`)}>
      {related.error ? (
        <ProblemAlert error={related.error} onRetry={() => void related.refetch()} />
      ) : items.length === 0 ? (
        <Nothing>{t(of === 'leads' ? 'record.noLeads' : 'record.noContacts')}</Nothing>
      ) : (
        <ul className={classes.plain}>
          {items.map((item) => (
            <li key={item.id}>
              <Anchor size="sm" renderRoot={(props) => <AppLink {...props} href={`/${of}/${item.id}`} />}>
                {titleOf(of, item)}
              </Anchor>
              <Text size="xs" c="dimmed" truncate>
                {text(item, 'stage') || text(item, 'email')}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
