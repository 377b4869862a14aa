import { Badge, Button, Group, SegmentedControl, Tabs } from '@mantine/core';
import { IconCalendarCheck, IconClockPlus, IconEye } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecord } from '@/api/changeRecord';
import { useRecordPages } from '@/api/listRecords';
import { type RecordData, text } from '@/api/records';
import { useMayWith } from '@/api/rights';
import { useSession } from '@/api/session';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { FieldValue } from '@/components/fields/FieldValue';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { FollowUpDialog } from './FollowUpDialog';
import { plannedFilter, usePlannedCount, type When } from './followUps';
import classes from './FollowUps.module.css';
import { QuickView } from './QuickView';

const WHEN: When[] = ['today', 'overdue', 'upcoming'];

/** The dialog or drawer of one lead, which is read first. */
function OfLead({
  id,
  quick,
  onClose,
  onFollowUp,
}: {
  id: number;
  quick: boolean;
  onClose: () => void;
  onFollowUp: () => void;
}) {
  const lead = useRecord('leads', id);
  const waiting = lead.error ? (
    <ProblemAlert error={lead.error} onRetry={() => void lead.refetch()} />
  ) : (
    <PageSkeleton rows={4} />
  );
  return quick ? (
    <QuickView lead={lead.data} waiting={waiting} onClose={onClose} onFollowUp={onFollowUp} />
  ) : (
    <FollowUpDialog lead={lead.data} waiting={waiting} onClose={onClose} />
  );
}

function Planned({ when, mine }: { when: When; mine: number | undefined }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<{ id: number; quick: boolean } | null>(null);
  const filter = plannedFilter(when, new Date()) + (mine === undefined ? '' : ` and owner = ${mine}`);
  const mayEdit = useMayWith('leads', 'edit');
  const tasks = useRecordPages('tasks', { filter, sort: 'dueAt' });
  // What was read before stays, and with it what somebody is writing over it.
  const problem = tasks.error && (
    <ProblemAlert error={tasks.error} mb="sm" onRetry={() => void tasks.refetch()} />
  );
  if (!tasks.data) return problem ?? <PageSkeleton rows={4} />;
  const items = tasks.data.pages.flatMap((page) => page.items);
  const leadOf = (task: RecordData) => Number(task.values['lead']);
  return (
    <>
      {problem}
      {items.length === 0 ? (
        <EmptyState
          icon={IconCalendarCheck}
          title={t(`followUp.empty.${when}`)}
          text={t('followUp.emptyText')}
        />
      ) : (
        <DataTable
          label={t(`followUp.when.${when}`)}
          items={items}
          rowKey={(task) => task.id}
          columns={[
            {
              key: 'lead',
              label: t('followUp.lead'),
              cell: (task) => (
                <FieldValue field={{ key: 'lead', type: 'recordLink', link: 'lead' }} value={leadOf(task)} />
              ),
            },
            {
              key: 'dueAt',
              label: t('followUp.plannedAt'),
              cell: (task) => (
                <FieldValue field={{ key: 'dueAt', type: 'dateTime' }} value={task.values['dueAt']} />
              ),
            },
            { key: 'notes', label: t('followUp.comment'), cell: (task) => text(task, 'notes') },
            {
              key: 'owner',
              label: t('followUp.owner'),
              cell: (task) => (
                <FieldValue field={{ key: 'owner', type: 'user' }} value={task.values['owner']} />
              ),
            },
            {
              key: 'actions',
              label: t('followUp.actions'),
              cell: (task) => (
                <Group gap="xs" wrap="nowrap">
                  {mayEdit && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      leftSection={<IconClockPlus size={14} />}
                      onClick={() => setOpen({ id: leadOf(task), quick: false })}
                    >
                      {t('followUp.update')}
                    </Button>
                  )}
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    leftSection={<IconEye size={14} />}
                    onClick={() => setOpen({ id: leadOf(task), quick: true })}
                  >
                    {t('followUp.quick')}
                  </Button>
                </Group>
              ),
            },
          ]}
        />
      )}
      {tasks.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={tasks.isFetchingNextPage}
          onClick={() => void tasks.fetchNextPage()}
        >
          {t('followUp.more')}
        </Button>
      )}
      {open && (
        <OfLead
          key={String(open.quick)}
          id={open.id}
          quick={open.quick}
          onClose={() => setOpen(null)}
          onFollowUp={() => setOpen({ id: open.id, quick: false })}
        />
      )}
    </>
  );
}

/** The number of what is planned for a time. */
function Count({ when, mine }: { when: When; mine: number | undefined }) {
  const count = usePlannedCount(when, mine).data;
  return count ? (
    <Badge color={when === 'overdue' ? 'red' : 'gray'} variant="light">
      {count}
    </Badge>
  ) : null;
}

/** Whom to contact today, whom since long, and whom soon (LEAD-076, LEAD-092, LEAD-213). */
export function FollowUpsScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/follow-ups' });
  const me = useSession().data?.user.id;
  const when = WHEN.find((one) => one === search.when) ?? 'today';
  const mine = search.whose === 'all' ? undefined : me;
  return (
    <Page
      title={t('nav.followUps')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('followUp.whose')}
          data={[
            { value: 'mine', label: t('followUp.mine') },
            { value: 'all', label: t('common.all') },
          ]}
          value={search.whose === 'all' ? 'all' : 'mine'}
          onChange={(whose) => void navigate({ to: '.', search: { ...search, whose }, replace: true })}
        />
      }
    >
      <Tabs
        value={when}
        keepMounted={false}
        className={classes.table}
        onChange={(next) =>
          void navigate({ to: '.', search: { ...search, when: next ?? undefined }, replace: true })
        }
      >
        <Tabs.List mb="md">
          {WHEN.map((one) => (
            <Tabs.Tab key={one} value={one} rightSection={<Count when={one} mine={mine} />}>
              {t(`followUp.when.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {WHEN.map((one) => (
          <Tabs.Panel key={one} value={one}>
            <Planned when={one} mine={mine} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
