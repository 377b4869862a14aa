import { Anchor, Button, Collapse, Group, Stack, Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '@/api/getUsers';
import { useRecords } from '@/api/listRecords';
import { type RecordData, singular, text, titleOf } from '@/api/records';
import { useMay } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { Moment } from '@/components/Moment';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Panel } from '../components/Panel';
import classes from '../components/Panels.module.css';
import { Timeline } from '../components/Timeline';
import { FileList } from '../files/FileList';
import { useFiles } from '../files/files';

/** What leads are converted into: deals, and contacts with their accounts as clients. */
const BECAME = {
  opportunities: (id: number) => `convertedDeal = ${id}`,
  contacts: (id: number) => `convertedClient = ${id}`,
  accounts: (id: number) => `account = ${id} and convertedClient is not empty`,
};
export type Became = keyof typeof BECAME;

export function isBecame(entity: string): entity is Became {
  return entity in BECAME;
}

/** The newest leads that a record was made of, as far as the reader sees them. */
function useCarried(entity: Became, id: number) {
  const sees = useMay('lead', 'view');
  return useRecords('leads', { filter: BECAME[entity](id), sort: '-createdAt', limit: 5 }, sees);
}

/** Says which leads a record was made of, and leads there (LEAD-106). */
export function FromLeads({ entity, id }: { entity: Became; id: number }) {
  const { t } = useTranslation();
  const carried = useCarried(entity, id);
  if (carried.error && !carried.data) {
    // Said here for all places that show these leads.
    return <ProblemAlert error={carried.error} onRetry={() => void carried.refetch()} />;
  }
  const leads = carried.data?.items ?? [];
  if (leads.length === 0) return null;
  return (
    <Group gap="sm" mb="xs">
      <Text size="sm" c="dimmed">
        {t('convert.fromLead')}
      </Text>
      {leads.map((lead) => (
        <Anchor
          key={lead.id}
          size="sm"
          renderRoot={(props) => <AppLink {...props} href={`/leads/${lead.id}`} />}
        >
          {titleOf('leads', lead)}
        </Anchor>
      ))}
    </Group>
  );
}

interface OfLead {
  lead: RecordData;
  seesNotes: boolean;
  /** Whether a note stands among those of the record itself. */
  beside: (note: RecordData) => boolean;
}

function LeadNotes({ lead, seesNotes, beside }: OfLead) {
  const { t } = useTranslation();
  const users = useUsers().data;
  const notes = useRecords(
    'notes',
    { filter: `lead = ${lead.id}`, sort: '-createdAt', limit: 20 },
    seesNotes,
  );
  const files = useFiles('leads', lead.id);
  const items = notes.data?.items.filter((note) => !beside(note)) ?? [];
  const own = files.data?.filter((file) => file.note == null) ?? [];
  if (notes.error || files.error) {
    return (
      <ProblemAlert
        error={notes.error ?? files.error}
        onRetry={() => {
          void notes.refetch();
          void files.refetch();
        }}
      />
    );
  }
  if (items.length === 0 && own.length === 0) return null;
  const name = titleOf('leads', lead);
  return (
    <Panel title={t('convert.carried', { name })}>
      <Stack gap="xs">
        {items.length > 0 && (
          <ul className={classes.plain}>
            {items.map((note) => {
              const by = users?.find((user) => user.id === note.values['createdBy'])?.name;
              const attached = files.data?.filter((file) => file.note === note.id) ?? [];
              return (
                <li key={note.id} className={classes.note}>
                  <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
                    {text(note, 'text')}
                  </Text>
                  {attached.length > 0 && (
                    <FileList entity="leads" id={lead.id} files={attached} fixed brief />
                  )}
                  <Text size="xs" c="dimmed">
                    {by && `${by} · `}
                    <Moment at={text(note, 'createdAt')} />
                  </Text>
                </li>
              );
            })}
          </ul>
        )}
        {own.length > 0 && <FileList entity="leads" id={lead.id} files={own} fixed />}
        {notes.data?.next != null && (
          <Anchor
            size="sm"
            renderRoot={(props) => <AppLink {...props} href={`/leads/${lead.id}?tab=around`} />}
          >
            {t('convert.moreNotes')}
          </Anchor>
        )}
      </Stack>
    </Panel>
  );
}

/** Notes and files of the leads that a record was made of, to be read and opened only (LEAD-106). */
export function CarriedNotes({ entity, id }: { entity: Became; id: number }) {
  const seesNotes = useMay('note', 'view');
  return useCarried(entity, id).data?.items.map((lead) => (
    <LeadNotes
      key={lead.id}
      lead={lead}
      seesNotes={seesNotes}
      beside={(note) => note.values[singular(entity)] === id}
    />
  ));
}

function LeadHistory({ lead }: { lead: RecordData }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [kinds, setKinds] = useState<string>();
  const panel = useId();
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <section>
      <Button
        variant="subtle"
        ml={-12}
        leftSection={<Chevron size={14} aria-hidden />}
        aria-expanded={open}
        aria-controls={panel}
        onClick={() => setOpen((before) => !before)}
      >
        {t('convert.historyOf', { name: titleOf('leads', lead) })}
      </Button>
      <Collapse expanded={open} id={panel}>
        {open && <Timeline entity="leads" id={lead.id} kinds={kinds} onKinds={setKinds} />}
      </Collapse>
    </section>
  );
}

/** What happened to the leads that a record was made of (LEAD-106). */
export function CarriedHistory({ entity, id }: { entity: Became; id: number }) {
  return useCarried(entity, id).data?.items.map((lead) => <LeadHistory key={lead.id} lead={lead} />);
}
