import { useAutomations } from '@/api/getAutomations';
import { Anchor, Button, Chip, Group, Skeleton, Stack, Text } from '@mantine/core';
import {
  IconArrowMerge,
  IconBolt,
  IconCalendarEvent,
  IconCheckbox,
  IconFile,
  IconListDetails,
  IconMail,
  IconNote,
  IconPencil,
  IconPhone,
  IconPlus,
  IconRoute,
  IconTag,
  IconTrash,
} from '@tabler/icons-react';
import { type ComponentType, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLists } from '@/api/getLists';
import { type Field, useAllFields } from '@/api/getSchema';
import { type Entity, type EntityKey, plural, singular } from '@/api/records';
import { AppLink } from '@/components/AppLink';
import { FieldValue, isEmpty } from '@/components/fields/FieldValue';
import { Moment } from '@/components/Moment';
import { ProblemAlert } from '@/components/ProblemAlert';
import { formatMoment, formatPeriod } from '@/lib/format';
import { TIMELINE_KINDS, type TimelineItem, type TimelineKind, useTimeline } from '../api/getTimeline';
import { isStatus } from '../appointments/appointments';
import classes from './Timeline.module.css';
import { Why } from './Why';

const ICONS: [match: RegExp, icon: ComponentType<{ size?: number; stroke?: number }>][] = [
  [/merged/i, IconArrowMerge],
  [/appointment/i, IconCalendarEvent],
  [/file/i, IconFile],
  [/trash|delete/i, IconTrash],
  [/tag/i, IconTag],
  [/list/i, IconListDetails],
  [/task|reminder/i, IconCheckbox],
  [/note/i, IconNote],
  [/mail|deliver|message|sms|whatsapp|webhook/i, IconMail],
  [/call/i, IconPhone],
  [/run|automation/i, IconRoute],
  [/activity/i, IconBolt],
  [/creat/i, IconPlus],
];

function Change({
  change,
  field,
}: {
  change: NonNullable<TimelineItem['changes']>[number];
  field: Field | undefined;
}) {
  const { t } = useTranslation();
  const shown = (value: unknown) =>
    typeof value === 'boolean' ? (
      t(value ? 'common.yes' : 'common.no')
    ) : isEmpty(value) ? (
      <i>{t('record.emptyValue')}</i>
    ) : field ? (
      <FieldValue field={field} value={value} compact />
    ) : typeof value === 'object' ? (
      JSON.stringify(value)
    ) : (
      String(value)
    );
  return (
    <li>
      <span className={classes.changed}>{field?.label ?? change.label ?? change.field}</span>{' '}
      {!isEmpty(change.before) && (
        <>
          <s className={classes.before}>{shown(change.before)}</s> <span aria-hidden>→</span>{' '}
        </>
      )}
      {shown(change.after)}
    </li>
  );
}

type ChangeData = NonNullable<TimelineItem['changes']>[number];

/** A new record's switches that are off say nothing, nor does what the title and the page say already. */
function telling({ field, before, after }: ChangeData, item: TimelineItem, page: EntityKey): boolean {
  if (isEmpty(before) && (after === false || isEmpty(after))) return false;
  const about = item.ref?.split('/')[0];
  if (about === undefined || about === page) return true;
  return (
    ![page, 'type', 'user', 'createdAt'].includes(field) && after !== item.detail && after !== item.title
  );
}

/** So many values of a new record are shown at once. */
const FIRST = 6;

function TimelineEntry({ item, page, id: pageId }: { item: TimelineItem; page: Entity; id: number }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const whyId = useId();
  const Icon = ICONS.find(([match]) => match.test(item.kind))?.[1] ?? IconPencil;
  const automations = useAutomations(item.cause?.automation != null).data;
  const automation = item.cause?.automation;
  const automationName = automation?.name ?? automations?.find((entry) => entry.id === automation?.id)?.name;
  const [kind, id] = item.ref?.split('/') ?? [];
  const entity = kind ? plural(kind) : undefined;
  const fields = useAllFields(entity ?? page, item.changes != null).data ?? [];
  const changes = (item.changes ?? []).filter((change) => telling(change, item, singular(page)));
  const [all, setAll] = useState(changes.length <= FIRST + 2);
  const elsewhere = entity !== page || id !== String(pageId);
  const linked =
    entity && id && elsewhere && !['activities', 'notes'].includes(entity) ? `/${entity}/${id}` : undefined;
  const list = useLists(/\.list/.test(item.kind)).data?.find((entry) => String(entry.id) === item.detail);
  const meeting = useMeeting(item.appointment);
  // A delivery is told by the card that sent it, a list by its name.
  const detail = /\.deliver/.test(item.kind)
    ? (item.detail ?? automation?.cardName)
    : (list?.name ?? meeting ?? item.detail);
  const title = useTitle(item);
  const by = automation ? undefined : (item.cause?.userName ?? item.cause?.kind);
  return (
    <li className={classes.item}>
      <span className={classes.icon} aria-hidden>
        <Icon size={14} stroke={1.8} />
      </span>
      <div className={classes.body}>
        <div className={classes.line}>
          <Text size="sm" fw={550} span>
            {linked ? (
              <Anchor c="inherit" size="sm" renderRoot={(props) => <AppLink {...props} href={linked} />}>
                {title}
              </Anchor>
            ) : (
              title
            )}
          </Text>
          <Text size="xs" c="dimmed" span className={classes.when}>
            {by && `${by} · `}
            <Moment at={item.at} />
          </Text>
        </div>
        {detail && (
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
            {list ? (
              <Anchor size="sm" renderRoot={(props) => <AppLink {...props} href={`/lists/${list.id}`} />}>
                {detail}
              </Anchor>
            ) : (
              detail
            )}
          </Text>
        )}
        {changes.length > 0 && (
          <ul className={classes.changes}>
            {(all ? changes : changes.slice(0, FIRST)).map((change) => (
              <Change
                key={change.field}
                change={change}
                field={fields.find((field) => field.key === change.field)}
              />
            ))}
          </ul>
        )}
        {!all && (
          <Button variant="subtle" size="compact-xs" ml={-8} onClick={() => setAll(true)}>
            {t('record.moreValues', { count: changes.length - FIRST })}
          </Button>
        )}
        {automation && (
          <>
            <button
              type="button"
              className={classes.whyButton}
              aria-expanded={open}
              aria-controls={whyId}
              onClick={() => setOpen((before) => !before)}
            >
              <IconRoute size={13} aria-hidden />
              {t('why.by', { name: automationName ?? t('why.anAutomation') })}
              <span className={classes.whyWord}>{t(open ? 'why.hide' : 'why.ask')}</span>
            </button>
            <div id={whyId}>{open && <Why cause={automation} />}</div>
          </>
        )}
      </div>
    </li>
  );
}

/** When an appointment is, how it stands, and when it had been to begin. */
function useMeeting(appointment: TimelineItem['appointment']): string | null {
  const { t } = useTranslation();
  if (!appointment) return null;
  const { start, end, status, before } = appointment;
  return [
    formatPeriod(start, end),
    isStatus(status) && t(`appointments.statuses.${status}`),
    before && t('timeline.appointmentBefore', { when: formatMoment(before) }),
  ]
    .filter(Boolean)
    .join(' · ');
}

const SUBJECTS = ['lead', 'contact', 'account', 'opportunity', 'note'] as const;

/** What happened, in the reader's language where it needs no more than the kind of event. */
function useTitle(item: TimelineItem): string {
  const { t, i18n } = useTranslation();
  const [entity, kind] = item.kind.split('.');
  const subject = SUBJECTS.find((name) => name === entity);
  if (!subject || !i18n.exists(`timeline.${kind}`)) return item.title ?? item.kind;
  return t(`timeline.${kind as 'created'}`, { what: t(`entities.${subject}`) });
}

interface Props {
  entity: Entity;
  id: number;
  /** What is shown, as the address has it; everything when missing. */
  kinds: string | undefined;
  onKinds: (kinds: string | undefined) => void;
}

/** What happened to a record, newest first, narrowed to the kinds that the reader chose. */
export function Timeline({ entity, id, kinds, onKinds }: Props) {
  const { t } = useTranslation();
  const chosen = TIMELINE_KINDS.filter((kind) => kinds?.split(',').includes(kind));
  return (
    <>
      {entity !== 'tasks' && (
        <Chip.Group
          multiple
          value={chosen}
          onChange={(next) => onKinds(next.length === 0 ? undefined : next.join(','))}
        >
          <Group gap={4} mb="sm" role="group" aria-label={t('lead.kinds')}>
            {TIMELINE_KINDS.map((kind) => (
              <Chip key={kind} value={kind} size="xs" radius="sm">
                {t(`lead.kind.${kind}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
      <Events entity={entity} id={id} kinds={chosen} onAll={() => onKinds(undefined)} />
    </>
  );
}

interface EventsProps {
  entity: Entity;
  id: number;
  kinds: readonly TimelineKind[];
  onAll: () => void;
}

function Events({ entity, id, kinds, onAll }: EventsProps) {
  const { t } = useTranslation();
  const timeline = useTimeline(entity, id, kinds);
  const items = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  if (timeline.isPending) {
    return (
      <Stack gap="xs" role="status" aria-label={t('common.loading')}>
        {Array.from({ length: 5 }, (_, index) => (
          <Skeleton key={index} h={44} />
        ))}
      </Stack>
    );
  }
  if (timeline.error && items.length === 0) {
    return <ProblemAlert error={timeline.error} onRetry={() => void timeline.refetch()} />;
  }
  if (items.length === 0 && !timeline.hasNextPage) {
    return (
      <>
        <Text size="sm" c="dimmed">
          {t(kinds.length > 0 ? 'lead.nothingOfKind' : 'record.nothingHappened')}
        </Text>
        {kinds.length > 0 && (
          <Button variant="subtle" mt={4} ml={-14} onClick={onAll}>
            {t('lead.everything')}
          </Button>
        )}
      </>
    );
  }
  return (
    <>
      <ol className={classes.timeline}>
        {items.map((item, index) => (
          <TimelineEntry key={item.id ?? `${item.at}-${index}`} item={item} page={entity} id={id} />
        ))}
      </ol>
      {timeline.hasNextPage && (
        <Button
          variant="default"
          loading={timeline.isFetchingNextPage}
          onClick={() => void timeline.fetchNextPage()}
        >
          {t('record.older')}
        </Button>
      )}
    </>
  );
}
