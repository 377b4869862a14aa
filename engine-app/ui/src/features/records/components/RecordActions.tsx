import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowMerge,
  IconCheckbox,
  IconClockPlus,
  IconDots,
  IconListDetails,
  IconMail,
  IconNote,
  IconRoute,
  IconStar,
  IconStarFilled,
  IconTrash,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeRecord, useDeleteRecord, useRestoreRecord } from '@/api/changeRecord';
import { mergeable } from '@/api/merges';
import { type Entity, type RecordData, singular, text, titleOf } from '@/api/records';
import { useMay, useMayStart, useMayWith } from '@/api/rights';
import { useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { FollowUpDialog } from '../followups/FollowUpDialog';
import { MergeWith } from '../merge/MergeWith';
import { CreateRecord } from './CreateRecord';
import { LogActivity } from './LogActivity';
import { NEW_NOTE } from './shapes';
import { StartAutomation } from './StartAutomation';

const BulkDialog = lazy(() => import('./BulkDialog').then((module) => ({ default: module.BulkDialog })));

interface Props {
  entity: Entity;
  record: RecordData;
}

function useFailed() {
  const problemText = useProblemText();
  return (error: unknown) => toast(problemText(error), { kind: 'bad' });
}

/** The star beside a title. */
export function Star({ entity, record }: Props) {
  const { t } = useTranslation();
  const failed = useFailed();
  const change = useChangeRecord(entity, record.id);
  const mayEdit = useMayWith(entity, 'edit', record);
  const starred = record.values['starred'] === true;
  const label = t(starred ? 'record.unstar' : 'record.star');
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={label}
        aria-pressed={starred}
        disabled={record.trashedAt != null || !mayEdit}
        onClick={() =>
          change.mutate({ version: record.version, values: { starred: !starred } }, { onError: failed })
        }
      >
        {starred ? <IconStarFilled size={16} color="var(--ll-warn)" /> : <IconStar size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}

interface ActionsProps extends Props {
  /** Shows the part of the page in which notes are written. */
  onNote: () => void;
}

/** What can be done with a record, at the right of its title (LEAD-125). */
export function RecordActions({ entity, record, onNote }: ActionsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const failed = useFailed();
  const { id, version } = record;
  const change = useChangeRecord(entity, id);
  const remove = useDeleteRecord(entity);
  const restore = useRestoreRecord(entity);
  const [starting, setStarting] = useState(false);
  const [followUp, setFollowUp] = useState(false);
  const [merging, setMerging] = useState(false);
  const mayEdit = useMayWith(entity, 'edit', record);
  const mayDelete = useMayWith(entity, 'delete', record);
  const mayStart = useMayStart() && entity !== 'tasks';
  const mayLog = useMayWith('activities', 'create');
  const mayTask = useMayWith('tasks', 'create') && entity !== 'tasks';
  const mayNote = useMayWith('notes', 'create') && entity !== 'tasks';
  const people = entity === 'leads' || entity === 'contacts';
  const mayMany = useMayWith(entity, 'bulk', record) && people && mayEdit;
  const mayList = useMay('list', 'edit') && mayMany;
  const [task, setTask] = useState(false);
  const [bulk, setBulk] = useState<'send-email' | 'add-to-list' | null>(null);
  const reached = text(record, 'email') !== '';
  const write = () => {
    onNote();
    // The part of the page may only now come on screen.
    requestAnimationFrame(() => document.getElementById(NEW_NOTE)?.focus());
  };

  const bringBack = () =>
    restore.mutate(id, {
      onSuccess: () => void navigate({ href: `/${entity}/${id}` }),
      onError: failed,
    });
  const toTrash = () =>
    remove.mutate(
      { id, version },
      {
        onSuccess: () => {
          void navigate({ href: `/${entity}` });
          toast(t('record.deleted', { name: titleOf(entity, record) }), {
            action: { label: t('common.undo'), run: bringBack },
          });
        },
        onError: failed,
      },
    );

  return (
    <>
      {entity === 'tasks' && mayEdit && text(record, 'status') === 'pending' && (
        <Button
          loading={change.isPending}
          onClick={() => change.mutate({ version, values: { status: 'completed' } }, { onError: failed })}
        >
          {t('record.complete')}
        </Button>
      )}
      {entity === 'leads' && mayEdit && (
        <Button variant="default" leftSection={<IconClockPlus size={16} />} onClick={() => setFollowUp(true)}>
          {t('followUp.new')}
        </Button>
      )}
      {followUp && <FollowUpDialog lead={record} onClose={() => setFollowUp(false)} />}
      {entity !== 'tasks' && mayLog && <LogActivity entity={entity} id={id} />}
      {mayMany && (
        <Tooltip label={t('lead.noEmail')} disabled={reached}>
          <Button
            variant="default"
            visibleFrom="sm"
            leftSection={<IconMail size={16} />}
            data-disabled={!reached || undefined}
            aria-disabled={!reached}
            onClick={() => reached && setBulk('send-email')}
          >
            {t('lead.email')}
          </Button>
        </Tooltip>
      )}
      {mayTask && (
        <Button
          variant="default"
          visibleFrom="sm"
          leftSection={<IconCheckbox size={16} />}
          onClick={() => setTask(true)}
        >
          {t('entities.task')}
        </Button>
      )}
      {(mayStart || mayDelete || mayNote || mayTask || mayList) && (
        <Menu position="bottom-end" transitionProps={{ duration: 80 }}>
          <Menu.Target>
            <ActionIcon size={30} variant="default" aria-label={t('common.more')}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {mayMany && (
              <Menu.Item
                hiddenFrom="sm"
                disabled={!reached}
                leftSection={<IconMail size={16} />}
                onClick={() => setBulk('send-email')}
              >
                {reached ? t('lead.email') : t('lead.noEmail')}
              </Menu.Item>
            )}
            {mayTask && (
              <Menu.Item
                hiddenFrom="sm"
                leftSection={<IconCheckbox size={16} />}
                onClick={() => setTask(true)}
              >
                {t('record.add.tasks')}
              </Menu.Item>
            )}
            {mayNote && (
              <Menu.Item leftSection={<IconNote size={16} />} onClick={write}>
                {t('record.newNote')}
              </Menu.Item>
            )}
            {mayList && (
              <Menu.Item leftSection={<IconListDetails size={16} />} onClick={() => setBulk('add-to-list')}>
                {t('bulk.offer.add-to-list')}
              </Menu.Item>
            )}
            {mayStart && (
              <Menu.Item leftSection={<IconRoute size={16} />} onClick={() => setStarting(true)}>
                {t('bulk.offer.start-automation')}
              </Menu.Item>
            )}
            {mayDelete && mayEdit && mergeable(entity) && (
              <Menu.Item leftSection={<IconArrowMerge size={16} />} onClick={() => setMerging(true)}>
                {t('merge.with')}
              </Menu.Item>
            )}
            {mayDelete && (
              <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={toTrash}>
                {t('record.toTrash')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {merging && mergeable(entity) && (
        <MergeWith entity={entity} record={record} onClose={() => setMerging(false)} />
      )}
      <StartAutomation entity={entity} record={record} opened={starting} onClose={() => setStarting(false)} />
      {task && (
        <CreateRecord
          entity="tasks"
          opened
          onClose={() => setTask(false)}
          asked={['title', 'type', 'dueAt', 'owner', 'notes']}
          given={{ [singular(entity)]: id }}
          openAfter={false}
        />
      )}
      {bulk && (
        <Suspense>
          <BulkDialog
            entity={entity}
            operation={bulk}
            chosen={{ ids: [id] }}
            count={1}
            onClose={() => setBulk(null)}
            onDone={() => undefined}
          />
        </Suspense>
      )}
    </>
  );
}
