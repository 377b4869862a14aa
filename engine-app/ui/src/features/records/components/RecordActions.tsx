import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconArrowMerge,
  IconBolt,
  IconCheckbox,
  IconClockPlus,
  IconDots,
  IconListDetails,
  IconMail,
  IconMessage,
  IconNote,
  IconPhone,
  IconRoute,
  IconStar,
  IconStarFilled,
  IconTrash,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeRecord, useDeleteRecord, useRestoreRecord } from '@/api/changeRecord';
import type { LeadAction } from '@/api/leadPage';
import { mergeable } from '@/api/merges';
import { type Entity, type RecordData, text, titleOf } from '@/api/records';
import { useMay, useMayStart, useMayWith } from '@/api/rights';
import { useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { type Channel, obstacle, useChannels } from '../messages/messages';
import { NEW_NOTE } from './shapes';

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

/** What can be done with a record; an SMS or WhatsApp message stands wherever an e-mail does (LEAD-102). */
export type RecordAction = LeadAction | 'text';

function withTexts(actions: LeadAction[]): RecordAction[] {
  return actions.flatMap((action) => (action === 'email' ? ['email', 'text'] : [action]));
}

/** What stands beside the title of contacts, accounts and tasks. */
const BUTTONS: LeadAction[] = ['email', 'call', 'activity', 'task'];
const DROPDOWN: LeadAction[] = ['note', 'list', 'automation', 'merge', 'trash'];

/** These find a place in the menu only where there is little of it. */
const SECOND: RecordAction[] = [
  'email',
  'text',
  'call',
  'task',
  'note',
  'list',
  'automation',
  'merge',
  'trash',
];

/** What may be done, as it is called and drawn. */
interface Offered {
  icon: ComponentType<{ size?: number }>;
  label: string;
  /** What it is called on a button, which is short. */
  short?: string;
  may: boolean;
  /** Why it cannot be done with this record. */
  refused?: string | undefined;
  /** An address to go to instead of something to run. */
  href?: string;
  run?: () => void;
}

interface ActionsProps extends Props {
  /** Shows the part of the page in which notes are written. */
  onNote: () => void;
  /** Opens the dialog of an action. */
  onOpen: (action: RecordAction) => void;
  /** The actions that are buttons, in their order. */
  buttons?: LeadAction[];
  /** Those of the drop-down. */
  dropdown?: LeadAction[];
}

/** What can be done with a record: buttons, and a drop-down for the rest (LEAD-125, PLT-050, PLT-051). */
export function RecordActions({
  entity,
  record,
  onNote,
  onOpen,
  buttons = BUTTONS,
  dropdown = DROPDOWN,
}: ActionsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const failed = useFailed();
  const phone = useMediaQuery('(max-width: 48em)') ?? false;
  const { id, version } = record;
  const change = useChangeRecord(entity, id);
  const remove = useDeleteRecord(entity);
  const restore = useRestoreRecord(entity);
  const mayEdit = useMayWith(entity, 'edit', record);
  const mayDelete = useMayWith(entity, 'delete', record);
  const mayStart = useMayStart(entity, record) && entity !== 'tasks';
  const mayLog = useMayWith('activities', 'create') && entity !== 'tasks';
  const mayTask = useMayWith('tasks', 'create') && entity !== 'tasks';
  const mayNote = useMayWith('notes', 'create') && entity !== 'tasks';
  const people = entity === 'leads' || entity === 'contacts';
  const mayMany = useMayWith(entity, 'bulk', record) && people && mayEdit;
  const mayList = useMay('list', 'edit') && mayMany;
  const phoneNumber = text(record, 'phone');
  const mayWrite = people && mayEdit;
  const channels = useChannels(mayWrite).data;
  const why = (channel: Channel): string | undefined => {
    const missing = channels?.find((state) => state.channel === channel)?.missing[0];
    if (missing) return t('messages.missing', { setting: missing.setting });
    const reason = obstacle(entity, record, channel);
    return reason && t(`messages.why.${reason}`);
  };

  const bringBack = () =>
    restore.mutate({ id }, { onSuccess: () => void navigate({ href: `/${entity}/${id}` }), onError: failed });
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
  const write = () => {
    onNote();
    // The part of the page may only now come on screen.
    requestAnimationFrame(() => document.getElementById(NEW_NOTE)?.focus());
  };

  const offered: Record<RecordAction, Offered> = {
    'follow-up': { icon: IconClockPlus, label: t('followUp.new'), may: entity === 'leads' && mayEdit },
    activity: { icon: IconBolt, label: t('activity.log'), may: mayLog },
    email: {
      icon: IconMail,
      label: t('lead.email'),
      may: mayWrite,
      refused: why('email'),
    },
    text: {
      icon: IconMessage,
      label: t('lead.text'),
      may: mayWrite,
      refused: why('sms') && why('whatsapp'),
    },
    call: {
      icon: IconPhone,
      label: t('lead.call'),
      may: people,
      refused:
        record.values['doNotCall'] === true
          ? t('lead.doNotCall')
          : phoneNumber === ''
            ? t('lead.noPhone')
            : undefined,
      href: `tel:${phoneNumber.replace(/[^+\d*#,;]/g, '')}`,
    },
    task: { icon: IconCheckbox, label: t('record.add.tasks'), short: t('entities.task'), may: mayTask },
    note: { icon: IconNote, label: t('record.newNote'), may: mayNote, run: write },
    list: { icon: IconListDetails, label: t('bulk.offer.add-to-list'), may: mayList },
    automation: { icon: IconRoute, label: t('bulk.offer.start-automation'), may: mayStart },
    merge: {
      icon: IconArrowMerge,
      label: t('merge.with'),
      may: mayDelete && mayEdit && mergeable(entity),
    },
    trash: { icon: IconTrash, label: t('record.toTrash'), may: mayDelete, run: toTrash },
  };
  const may = (action: RecordAction) => offered[action].may;
  const asButtons = withTexts(buttons)
    .filter(may)
    .filter((action) => !phone || !SECOND.includes(action));
  const inMenu = [
    ...withTexts(buttons).filter((action) => may(action) && !asButtons.includes(action)),
    ...withTexts(dropdown).filter(may),
  ];
  const press = (action: RecordAction) => offered[action].run ?? (() => onOpen(action));

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
      {asButtons.map((action) => {
        const { icon: Icon, label, short = label, refused, href } = offered[action];
        const look = {
          variant: 'default',
          leftSection: <Icon size={16} />,
          'data-disabled': refused !== undefined || undefined,
          'aria-disabled': refused !== undefined || undefined,
        } as const;
        return (
          <Tooltip key={action} label={refused} disabled={refused === undefined}>
            {href !== undefined && refused === undefined ? (
              <Button {...look} component="a" href={href}>
                {short}
              </Button>
            ) : (
              <Button {...look} onClick={refused === undefined ? press(action) : undefined}>
                {short}
              </Button>
            )}
          </Tooltip>
        );
      })}
      {inMenu.length > 0 && (
        <Menu position="bottom-end" transitionProps={{ duration: 80 }}>
          <Menu.Target>
            <ActionIcon size={30} variant="default" aria-label={t('common.more')}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {inMenu.map((action) => {
              const { icon: Icon, label, refused, href } = offered[action];
              const look = {
                disabled: refused !== undefined,
                leftSection: <Icon size={16} />,
                color: action === 'trash' ? 'red' : undefined,
              };
              return href !== undefined && refused === undefined ? (
                <Menu.Item key={action} {...look} component="a" href={href}>
                  {label}
                </Menu.Item>
              ) : (
                <Menu.Item key={action} {...look} onClick={press(action)}>
                  {refused ?? label}
                </Menu.Item>
              );
            })}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}
