import { Button, Group, Stack, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPencil } from '@tabler/icons-react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecord } from '@/api/changeRecord';
import { useFields } from '@/api/getSchema';
import { isLeadAction, useLeadPage } from '@/api/leadPage';
import { mergeable } from '@/api/merges';
import { singular, text, titleOf } from '@/api/records';
import { useMay, useMayWith } from '@/api/rights';
import { Problem } from '@/lib/http';
import { AppLink } from '@/components/AppLink';
import { Facts } from '@/components/record/Facts';
import { RecordPage } from '@/components/record/RecordPage';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ScreenProblem } from '@/components/ScreenProblem';
import { Status } from '@/components/Status';
import { AppointmentsPanel } from '../appointments/AppointmentsPanel';
import { ContactFacts } from '../contact/ContactFacts';
import { FilesPanel } from '../files/FilesPanel';
import { NotesPanel } from '../files/NotesPanel';
import { FollowUpList } from '../followups/FollowUpList';
import followUps from '../followups/FollowUps.module.css';
import { Incomplete } from '../form/Incomplete';
import { FlagButton } from '../lead/FlagButton';
import { Neighbours } from '../lead/Neighbours';
import { LeadTabs } from '../leadPage/LeadTabs';
import { Messages } from '../leadPage/Listed';
import { Metrics } from '../leadPage/Metrics';
import leadPage from '../leadPage/Page.module.css';
import { Surroundings } from '../leadPage/Surroundings';
import { OwnersPanel } from '../lead/OwnersPanel';
import { StageFlow } from '../lead/StageFlow';
import { isConverted } from '@/api/conversions';
import { CarriedHistory, CarriedNotes, FromLeads, isBecame } from '../deals/Carried';
import { ContactToLead, ConvertButton, Converted } from '../deals/Converted';
import { DealsPanel } from '../deals/DealsPanel';
import { ActionDialogs } from './ActionDialogs';
import { InTrash } from './InTrash';
import { AutomationsPanel } from './AutomationsPanel';
import { Panel } from './Panel';
import { RelatedPanel, TagsPanel, TasksPanel } from './Panels';
import { type RecordAction, RecordActions, Star } from './RecordActions';
import { LooksLike } from '../duplicates/LooksLike';
import { MergesPanel } from '../merge/MergesPanel';
import { Moved } from '../merge/Moved';
import { SharedPanel } from '../shares/SharedPanel';
import { KEY_FACTS } from './shapes';
import { Timeline } from './Timeline';

type Shown = 'leads' | keyof typeof KEY_FACTS;

function RecordScreen({ entity, id }: { entity: Shown; id: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { tab, kinds, show } = useSearch({ strict: false }) as {
    tab?: string;
    kinds?: string;
    show?: string;
  };
  const look = (change: { tab?: string; kinds?: string | undefined; show?: string }) =>
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, ...change })) as never,
      state: true,
      replace: true,
    });
  const record = useRecord(entity, id);
  const [doing, setDoing] = useState<RecordAction | null>(null);
  const fields = useFields(entity);
  const view = useLeadPage(entity === 'leads');
  const phone = useMediaQuery('(max-width: 48em)') ?? false;
  const mayChange = useMayWith(entity, 'edit', record.data);
  // Work on a converted lead goes on with what it has become (LEAD-080).
  const converted = entity === 'leads' && record.data !== undefined && isConverted(record.data);
  const mayEdit = mayChange && !converted;
  const seesTasks = useMay('task', 'view');
  const seesNotes = useMay('note', 'view');
  const seesContacts = useMay('contact', 'view');
  const seesLeads = useMay('lead', 'view');
  const seesDeals = useMay('opportunity', 'view');

  // What was read before goes on when it cannot be read again, with all that is half written; not when it is gone.
  const lost = record.error instanceof Problem && [403, 404].includes(record.error.status);
  const error =
    (record.data && !lost ? null : record.error) ??
    (fields.data ? null : fields.error) ??
    (view.data ? null : view.error);
  if (error) {
    return (
      <ScreenProblem
        error={error}
        back={{ href: `/${entity}`, label: t(`nav.${entity}`) }}
        onRetry={() => {
          void record.refetch();
          void fields.refetch();
          if (entity === 'leads') void view.refetch();
        }}
      />
    );
  }
  if (!record.data || !fields.data || (entity === 'leads' && !view.data)) return <PageSkeleton />;
  const data = record.data;
  if (data.id !== id) {
    return <Moved entity={entity} from={id} record={data} />;
  }
  const trashed = data.trashedAt != null;
  const page = entity === 'leads' ? view.data : undefined;
  const actions = !trashed && (
    <RecordActions
      entity={entity}
      record={data}
      onNote={() => look({ tab: 'around' })}
      onOpen={setDoing}
      {...(page && {
        buttons: page.buttons.filter(isLeadAction),
        dropdown: page.dropdown.filter(isLeadAction),
      })}
    />
  );
  // The buttons of leads stand at the left, where a screen has a left (PLT-050).
  const beside = page !== undefined && !phone;

  const tags = <TagsPanel entity={entity} record={data} fixed={!mayEdit} />;
  const parts = [
    {
      key: 'facts',
      label: t('record.facts'),
      content: (
        <>
          {page && <Metrics lead={data} fields={fields.data} keys={page.metrics} />}
          {beside && actions && <div className={leadPage.actions}>{actions}</div>}
          {entity === 'contacts' ? (
            <ContactFacts
              contact={data}
              fields={fields.data}
              fixed={trashed || !mayEdit}
              shown={show}
              onShow={(next) => look({ show: next })}
              before={!trashed && tags}
              after={!trashed && <AutomationsPanel entity={entity} record={data} />}
            />
          ) : (
            <>
              {entity === 'leads' && !trashed && tags}
              <Facts
                entity={entity}
                record={data}
                fields={fields.data}
                keyFacts={entity === 'leads' ? (page?.properties ?? []) : KEY_FACTS[entity]}
                only={page?.id != null}
                fixed={trashed || !mayEdit}
              />
            </>
          )}
        </>
      ),
    },
    {
      key: 'timeline',
      label: t('record.timeline'),
      content: page ? (
        <div className={leadPage.middle}>
          <LeadTabs
            lead={data}
            page={page}
            shown={show}
            onShow={(next) => look({ show: next })}
            kinds={kinds}
            onKinds={(next) => look({ kinds: next })}
          />
          <Surroundings
            lead={data}
            tabOpener={(key) =>
              page.tabs.some((one) => one.key === key) ? () => look({ show: key }) : undefined
            }
          />
        </div>
      ) : (
        <>
          <Timeline entity={entity} id={id} kinds={kinds} onKinds={(next) => look({ kinds: next })} />
          {isBecame(entity) && <CarriedHistory entity={entity} id={id} />}
        </>
      ),
    },
    ...(entity === 'tasks' || trashed
      ? []
      : [
          {
            key: 'around',
            label: t('record.around'),
            content: (
              <>
                {entity === 'leads' && (
                  <section aria-label={t('followUp.history')} className={followUps.beside}>
                    <Title order={2} mb="xs">
                      {t('followUp.history')}
                    </Title>
                    <FollowUpList lead={id} />
                  </section>
                )}
                {seesTasks && <TasksPanel entity={entity} id={id} />}
                {(entity === 'leads' || entity === 'contacts') && (
                  <AppointmentsPanel record={`${singular(entity)}/${id}`} />
                )}
                {seesNotes && <NotesPanel entity={entity} id={id} />}
                <FilesPanel entity={entity} id={id} fixed={!mayEdit} />
                {isBecame(entity) && (!phone || tab === 'around') && <CarriedNotes entity={entity} id={id} />}
                {entity === 'accounts' && seesContacts && (
                  <RelatedPanel of="contacts" entity={entity} id={id} />
                )}
                {entity !== 'opportunities' && seesDeals && <DealsPanel entity={entity} record={data} />}
                {entity !== 'leads' && entity !== 'opportunities' && seesLeads && (
                  <RelatedPanel of="leads" entity={entity} id={id} />
                )}
                {entity === 'opportunities' && <SharedPanel record={data} />}
                {(entity === 'contacts' || entity === 'opportunities') && (
                  <Panel title={t('leadPage.tabs.messages')}>
                    <Messages entity={entity} id={id} />
                  </Panel>
                )}
                {(entity === 'leads' || entity === 'accounts' || entity === 'opportunities') && (
                  <AutomationsPanel entity={entity} record={data} />
                )}
                {entity === 'leads' && fields.data.some(({ key }) => key === 'owner') && (
                  <OwnersPanel id={id} />
                )}
                {mergeable(entity) && <MergesPanel entity={entity} record={data} />}
              </>
            ),
          },
        ]),
  ];

  return (
    <>
      <RecordPage
        title={titleOf(entity, data)}
        beside={
          <Group gap="xs" wrap="nowrap">
            {entity === 'tasks' ? (
              <Status state={text(data, 'status')} />
            ) : (
              <Star entity={entity} record={data} />
            )}
            {entity === 'leads' && <FlagButton lead={data} />}
            {mergeable(entity) && <Neighbours entity={entity} id={id} tab={tab} show={show} />}
          </Group>
        }
        actions={
          <>
            {entity === 'leads' && mayEdit && !trashed && (
              <Button
                variant="default"
                leftSection={<IconPencil size={14} />}
                renderRoot={(props) => <AppLink {...props} href={`/leads/${id}/form`} />}
              >
                {t('leadForm.edit')}
              </Button>
            )}
            {entity === 'leads' && mayChange && !trashed && <ConvertButton lead={data} />}
            {entity === 'contacts' && !trashed && <ContactToLead contact={data} />}
            {!beside && actions}
          </>
        }
        notice={
          trashed ? (
            <InTrash entity={entity} record={data} />
          ) : mergeable(entity) ? (
            <Stack gap="xs">
              {entity === 'leads' && <Converted lead={data} />}
              {isBecame(entity) && <FromLeads entity={entity} id={id} />}
              {entity === 'leads' && <Incomplete lead={data} fixed={!mayEdit} />}
              {entity === 'leads' && <StageFlow lead={data} fields={fields.data} fixed={!mayEdit} />}
              <LooksLike entity={entity} record={data} />
            </Stack>
          ) : entity === 'opportunities' ? (
            <FromLeads entity={entity} id={id} />
          ) : undefined
        }
        parts={parts}
        tab={tab}
        onTab={(next) => look({ tab: next })}
      />
      {(!trashed || doing) && (
        <ActionDialogs entity={entity} record={data} open={doing} onClose={() => setDoing(null)} />
      )}
    </>
  );
}

export function LeadScreen() {
  const { id } = useParams({ from: '/shell/leads/$id' });
  return <RecordScreen key={id} entity="leads" id={id} />;
}

export function ContactScreen() {
  const { id } = useParams({ from: '/shell/contacts/$id' });
  return <RecordScreen key={id} entity="contacts" id={id} />;
}

export function AccountScreen() {
  const { id } = useParams({ from: '/shell/accounts/$id' });
  return <RecordScreen key={id} entity="accounts" id={id} />;
}

export function OpportunityScreen() {
  const { id } = useParams({ from: '/shell/opportunities/$id' });
  return <RecordScreen key={id} entity="opportunities" id={id} />;
}

export function TaskScreen() {
  const { id } = useParams({ from: '/shell/tasks/$id' });
  return <RecordScreen key={id} entity="tasks" id={id} />;
}
