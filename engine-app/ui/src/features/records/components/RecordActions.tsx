import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconClockPlus, IconDots, IconRoute, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeRecord, useDeleteRecord, useRestoreRecord } from '@/api/changeRecord';
import { type Entity, type RecordData, text, titleOf } from '@/api/records';
import { useMayStart, useMayWith } from '@/api/rights';
import { useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { FollowUpDialog } from '../followups/FollowUpDialog';
import { LogActivity } from './LogActivity';
import { StartAutomation } from './StartAutomation';

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

/** What can be done with a record, at the right of its title. */
export function RecordActions({ entity, record }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const failed = useFailed();
  const { id, version } = record;
  const change = useChangeRecord(entity, id);
  const remove = useDeleteRecord(entity);
  const restore = useRestoreRecord(entity);
  const [starting, setStarting] = useState(false);
  const [followUp, setFollowUp] = useState(false);
  const mayEdit = useMayWith(entity, 'edit', record);
  const mayDelete = useMayWith(entity, 'delete', record);
  const mayStart = useMayStart() && entity !== 'tasks';
  const mayLog = useMayWith('activities', 'create');

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
      {(mayStart || mayDelete) && (
        <Menu position="bottom-end" transitionProps={{ duration: 80 }}>
          <Menu.Target>
            <ActionIcon size={30} variant="default" aria-label={t('common.more')}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {mayStart && (
              <Menu.Item leftSection={<IconRoute size={16} />} onClick={() => setStarting(true)}>
                {t('bulk.offer.start-automation')}
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
      <StartAutomation entity={entity} record={record} opened={starting} onClose={() => setStarting(false)} />
    </>
  );
}
