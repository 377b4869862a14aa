import { lazy, Suspense } from 'react';
import { mergeable } from '@/api/merges';
import { type Entity, type RecordData, singular } from '@/api/records';
import { FollowUpDialog } from '../followups/FollowUpDialog';
import { MergeWith } from '../merge/MergeWith';
import { CreateRecord } from './CreateRecord';
import { LogActivity } from './LogActivity';
import type { RecordAction } from './RecordActions';
import { StartAutomation } from './StartAutomation';

const MessageDialog = lazy(() =>
  import('../messages/MessageDialog').then((module) => ({ default: module.MessageDialog })),
);
const BulkDialog = lazy(() => import('./BulkDialog').then((module) => ({ default: module.BulkDialog })));

interface Props {
  entity: Entity;
  record: RecordData;
  /** The action whose dialog is open; null for none. */
  open: RecordAction | null;
  onClose: () => void;
}

/**
 * The dialogs of what can be done with a record. They stand apart from the buttons, whose place on the page depends on how
 * wide it is: a dialog that is open stays so when the window changes.
 */
export function ActionDialogs({ entity, record, open, onClose }: Props) {
  return (
    <>
      {open === 'follow-up' && <FollowUpDialog lead={record} onClose={onClose} />}
      {open === 'activity' && <LogActivity entity={entity} id={record.id} onClose={onClose} />}
      {open === 'merge' && mergeable(entity) && (
        <MergeWith entity={entity} record={record} onClose={onClose} />
      )}
      <StartAutomation entity={entity} record={record} opened={open === 'automation'} onClose={onClose} />
      {open === 'task' && (
        <CreateRecord
          entity="tasks"
          opened
          onClose={onClose}
          asked={['title', 'type', 'dueAt', 'owner', 'notes']}
          given={{ [singular(entity)]: record.id }}
          openAfter={false}
        />
      )}
      {(open === 'email' || open === 'text') && (
        <Suspense>
          <MessageDialog
            entity={entity}
            record={record}
            begin={open === 'email' ? 'email' : 'sms'}
            onClose={onClose}
          />
        </Suspense>
      )}
      {open === 'list' && (
        <Suspense>
          <BulkDialog
            entity={entity}
            operation="add-to-list"
            chosen={{ ids: [record.id] }}
            count={1}
            onClose={onClose}
            onDone={() => undefined}
          />
        </Suspense>
      )}
    </>
  );
}
