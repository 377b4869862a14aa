import { Button } from '@mantine/core';
import {
  IconAddressBook,
  IconBuilding,
  IconChecklist,
  IconTargetArrow,
  IconUserSearch,
} from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversion } from '@/api/conversions';
import { useFeature } from '@/api/features';
import { type RecordData, titleOf } from '@/api/records';
import { useMayWith } from '@/api/rights';
import { useSession } from '@/api/session';
import { AppLink } from '@/components/AppLink';
import { ListPage } from '@/components/list/ListPage';
import type { ListSearch } from '@/components/list/listSearch';
import { FLAG } from '@/lib/flag';
import { useBoardLook } from '../board/useBoardLook';
import { ConvertInRow } from '../deals/ConvertInRow';
import { FollowUpButtons } from '../followups/FollowUpButtons';
import { FlagButton } from '../lead/FlagButton';
import { LeadListMenu } from '../lead/RemoveFlags';
import { MessageButton } from '../messages/MessageButton';
import type { Channel } from '../messages/messages';
import { SharesInRow } from '../shares/SharesInRow';
import { ASKED } from './shapes';

const BulkActions = lazy(() => import('./BulkActions').then((module) => ({ default: module.BulkActions })));
const CreateRecord = lazy(() =>
  import('./CreateRecord').then((module) => ({ default: module.CreateRecord })),
);

const ConvertDialog = lazy(() =>
  import('../deals/ConvertDialog').then((module) => ({ default: module.ConvertDialog })),
);
const FollowUpDialog = lazy(() =>
  import('../followups/FollowUpDialog').then((module) => ({ default: module.FollowUpDialog })),
);
const MessageDialog = lazy(() =>
  import('../messages/MessageDialog').then((module) => ({ default: module.MessageDialog })),
);
const ShareHistory = lazy(() =>
  import('../shares/ShareHistory').then((module) => ({ default: module.ShareHistory })),
);
const QuickView = lazy(() =>
  import('../followups/QuickView').then((module) => ({ default: module.QuickView })),
);

const SHAPES = {
  leads: {
    icon: IconUserSearch,
    columns: ['name', 'email', 'phone', 'city', 'source', 'stage', 'score', 'owner', 'createdAt'],
    sort: `-${FLAG}`,
    card: ['company', 'city', 'stage', 'createdAt'],
    quick: ['stage', 'source', 'rating', 'owner', 'createdAt'],
    memberships: true,
  },
  contacts: {
    icon: IconAddressBook,
    columns: ['name', 'email', 'phone', 'city', 'account', 'owner', 'createdAt'],
    sort: '-createdAt',
    card: ['email', 'city'],
    quick: ['source', 'owner', 'createdAt'],
    memberships: true,
  },
  accounts: {
    icon: IconBuilding,
    columns: ['name', 'industry', 'city', 'stage', 'employees', 'annualRevenue', 'owner', 'createdAt'],
    sort: '-createdAt',
    card: ['industry', 'city'],
    quick: ['stage', 'owner', 'createdAt'],
    memberships: false,
  },
  opportunities: {
    icon: IconTargetArrow,
    columns: ['name', 'contact', 'pipeline', 'stage', 'status', 'value', 'owner', 'createdAt'],
    sort: '-createdAt',
    card: ['stage', 'status', 'value'],
    quick: ['pipeline', 'stage', 'status', 'owner'],
    memberships: false,
  },
  tasks: {
    icon: IconChecklist,
    columns: ['title', 'type', 'status', 'dueAt', 'lead', 'owner', 'createdAt'],
    sort: 'dueAt',
    card: ['status', 'dueAt'],
    quick: ['status', 'owner'],
    memberships: false,
  },
} as const;

/** The board has a column for each stage of one pipeline already. */
const BOARD_FILTERS = ['status', 'owner', 'source', 'createdAt'];

function RecordListScreen({ entity }: { entity: keyof typeof SHAPES }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as ListSearch;
  const me = useSession().data?.user.id;
  const shape = SHAPES[entity];
  const mayCreate = useMayWith(entity, 'create');
  const mayChangeMany = useMayWith(entity, 'bulk');

  const [followUp, setFollowUp] = useState<RecordData | null>(null);
  const [quick, setQuick] = useState<RecordData | null>(null);
  const [sharing, setSharing] = useState<RecordData | null>(null);
  const shares = useFeature('sharing');
  const [message, setMessage] = useState<{ record: RecordData; begin: Channel } | null>(null);
  const [converting, setConverting] = useState<{ lead: RecordData; kind: Conversion } | null>(null);
  const write = (record: RecordData) => (
    <MessageButton entity={entity} record={record} onOpen={(begin) => setMessage({ record, begin })} />
  );

  const onSearch = (change: Partial<ListSearch>) =>
    void navigate({
      to: '.',
      search: ((before: ListSearch) => ({ ...before, ...change })) as never,
      replace: true,
    });

  const look = useBoardLook(entity === 'opportunities', search, onSearch);

  const views =
    entity === 'tasks'
      ? [
          { label: t('record.views.open'), filter: 'status = "pending"' },
          { label: t('record.views.mine'), filter: `status = "pending" and owner = ${me ?? 0}` },
          { label: t('record.views.late'), filter: 'status = "pending" and dueAt < now' },
          { label: t('common.all'), filter: undefined },
        ]
      : [
          { label: t('common.all'), filter: undefined },
          ...(entity === 'opportunities'
            ? [{ label: t('record.views.open'), filter: 'statusKind = "open"' }]
            : []),
          { label: t('record.views.mine'), filter: `owner = ${me ?? 0}` },
          { label: t('record.views.new'), filter: 'createdAt within last 7 days' },
          { label: t('record.views.starred'), filter: 'starred = true' },
          ...(entity === 'leads'
            ? [
                { label: t('record.views.flagged'), filter: `${FLAG} is not empty` },
                { label: t('record.views.incomplete'), filter: 'incomplete = true' },
              ]
            : []),
        ];

  return (
    <>
      <ListPage
        key={search.list ?? 0}
        entity={entity}
        title={t(`nav.${entity}`)}
        icon={shape.icon}
        search={search}
        onSearch={onSearch}
        defaultColumns={[...shape.columns]}
        defaultSort={shape.sort}
        cardFields={[...shape.card]}
        memberships={shape.memberships}
        quickFilters={look.board?.shown ? BOARD_FILTERS : shape.quick}
        board={look.board}
        addLabel={t(`record.add.${entity}`)}
        onAdd={
          mayCreate && !look.barren
            ? () => (entity === 'leads' ? void navigate({ to: '/leads/new' }) : onSearch({ create: true }))
            : undefined
        }
        emptyTitle={t(`record.empty.${entity}.title`)}
        emptyText={t(`record.empty.${entity}.text`)}
        views={views}
        menu={
          entity === 'contacts' ? (
            <Button
              variant="default"
              renderRoot={(props) => <AppLink {...props} href="/contacts/requests" />}
            >
              {t('contactRequests.title')}
            </Button>
          ) : (
            entity === 'leads' && (
              <>
                <LeadListMenu />
                {mayCreate && (
                  <Button variant="default" onClick={() => onSearch({ create: true })}>
                    {t('leadForm.quickAdd')}
                  </Button>
                )}
              </>
            )
          )
        }
        rowActionCount={entity === 'leads' ? 5 : 1}
        rowActions={
          entity === 'leads'
            ? (lead) => (
                <>
                  <FlagButton lead={lead} row />
                  <FollowUpButtons lead={lead} onFollowUp={setFollowUp} onQuickView={setQuick} />
                  {write(lead)}
                  <ConvertInRow lead={lead} onConvert={(kind) => setConverting({ lead, kind })} />
                </>
              )
            : entity === 'contacts'
              ? write
              : entity === 'opportunities' && shares
                ? (deal) => <SharesInRow deal={deal} onOpen={setSharing} />
                : undefined
        }
        bulk={
          mayChangeMany
            ? (chosen, count, done) => (
                <Suspense>
                  <BulkActions entity={entity} chosen={chosen} count={count} onDone={done} />
                </Suspense>
              )
            : undefined
        }
      />
      {message && (
        <Suspense>
          <MessageDialog
            entity={entity}
            record={message.record}
            begin={message.begin}
            onClose={() => setMessage(null)}
          />
        </Suspense>
      )}
      {converting && (
        <Suspense>
          <ConvertDialog {...converting} onClose={() => setConverting(null)} />
        </Suspense>
      )}
      {followUp && (
        <Suspense>
          <FollowUpDialog lead={followUp} onClose={() => setFollowUp(null)} />
        </Suspense>
      )}
      {sharing && (
        <Suspense>
          <ShareHistory
            opportunity={sharing.id}
            title={titleOf(entity, sharing)}
            onClose={() => setSharing(null)}
          />
        </Suspense>
      )}
      {quick && (
        <Suspense>
          <QuickView
            lead={quick}
            onClose={() => setQuick(null)}
            onFollowUp={() => {
              setQuick(null);
              setFollowUp(quick);
            }}
          />
        </Suspense>
      )}
      {search.create === true && mayCreate && (
        <Suspense>
          <CreateRecord
            entity={entity}
            opened
            onClose={() => onSearch({ create: undefined })}
            asked={ASKED[entity]}
          />
        </Suspense>
      )}
    </>
  );
}

export function LeadsScreen() {
  return <RecordListScreen key="leads" entity="leads" />;
}

export function ContactsScreen() {
  return <RecordListScreen key="contacts" entity="contacts" />;
}

export function AccountsScreen() {
  return <RecordListScreen key="accounts" entity="accounts" />;
}

export function OpportunitiesScreen() {
  return <RecordListScreen key="opportunities" entity="opportunities" />;
}

export function TasksScreen() {
  return <RecordListScreen key="tasks" entity="tasks" />;
}
