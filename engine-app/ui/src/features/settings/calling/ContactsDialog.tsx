import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAddressBook, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFields } from '@/api/getSchema';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { FieldValue } from '@/components/fields/FieldValue';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { formatNumber } from '@/lib/format';
import type { Process } from '../api/calling';
import { type ProcessContact, useProcessContact, useProcessContacts } from '../api/processContacts';
import classes from './Calling.module.css';

const SHORTEST = 3;

function nameOf(contact: ProcessContact): string {
  return contact.name ?? contact.number ?? `#${contact.id}`;
}

/** What is known of one contact, and the lists that its leads are in. */
function Contact({ process, contact }: { process: Process; contact: ProcessContact }) {
  const { t } = useTranslation();
  const fields = useFields('contacts').data ?? [];
  const whole = useProcessContact(process.id, contact.id);
  if (whole.error) return <ProblemAlert error={whole.error} onRetry={() => void whole.refetch()} />;
  if (whole.isPending) return <PageSkeleton rows={3} />;
  const known = fields.filter((field) => whole.data.values[field.key] != null);
  const leads = whole.data.some ?? [];
  return (
    <Stack gap="md">
      <DataTable
        label={t('calling.contacts.known')}
        items={[
          { key: 'process', label: t('calling.contacts.process'), value: process.name },
          ...known.map((field) => ({
            key: field.key,
            label: field.label,
            value: <FieldValue field={field} value={whole.data.values[field.key]} />,
          })),
        ]}
        rowKey={(row) => row.key}
        columns={[
          { key: 'field', label: t('calling.contacts.field'), width: 160, cell: (row) => row.label },
          { key: 'value', label: t('calling.contacts.value'), cell: (row) => row.value },
        ]}
      />
      <DataTable
        label={t('calling.contacts.leads')}
        items={leads}
        rowKey={(lead) => lead.id}
        columns={[
          { key: 'list', label: t('calling.contacts.inLists'), cell: (lead) => lead.listName },
          {
            key: 'id',
            label: t('calling.contacts.leadId'),
            width: 110,
            numeric: true,
            cell: (lead) => lead.id,
          },
        ]}
      />
      {whole.data.leads > leads.length && (
        <Text size="xs" c="dimmed">
          {t('calling.contacts.latest', {
            shown: formatNumber(leads.length),
            all: formatNumber(whole.data.leads),
          })}
        </Text>
      )}
    </Stack>
  );
}

function Contacts({ process, onOpen }: { process: Process; onOpen: (contact: ProcessContact) => void }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [typed] = useDebouncedValue(search.trim(), 250);
  const sought = typed.length < SHORTEST ? '' : typed;
  const contacts = useProcessContacts(process.id, sought);
  const all = contacts.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <TextInput
        maw={320}
        mb="sm"
        aria-label={t('calling.leads.search')}
        placeholder={t('calling.leads.search')}
        description={
          search.trim() !== '' && search.trim().length < SHORTEST ? t('calling.leads.short') : undefined
        }
        leftSection={<IconSearch size={14} />}
        value={search}
        maxLength={200}
        onChange={(event) => setSearch(event.currentTarget.value)}
        data-autofocus
      />
      {contacts.error ? (
        <ProblemAlert error={contacts.error} onRetry={() => void contacts.refetch()} />
      ) : contacts.isPending ? (
        <PageSkeleton rows={4} />
      ) : all.length === 0 ? (
        <EmptyState
          icon={sought ? IconSearch : IconAddressBook}
          title={sought ? t('list.nothingFound') : t('calling.contacts.none')}
          text={sought ? undefined : t('calling.contacts.noneText')}
        />
      ) : (
        <div className={classes.wide}>
          <DataTable
            label={t('calling.contacts.of', { name: process.name })}
            items={all}
            rowKey={(contact) => contact.id}
            columns={[
              {
                key: 'name',
                label: t('calling.contacts.name'),
                cell: (contact) => (
                  <Button variant="subtle" size="compact-sm" ml={-8} onClick={() => onOpen(contact)}>
                    {nameOf(contact)}
                  </Button>
                ),
              },
              {
                key: 'number',
                label: t('calling.contacts.number'),
                width: 170,
                cell: (contact) => contact.number ?? '',
              },
              {
                key: 'leads',
                label: t('calling.contacts.leads'),
                width: 80,
                numeric: true,
                cell: (contact) => formatNumber(contact.leads),
              },
              {
                key: 'since',
                label: t('calling.contacts.since'),
                width: 140,
                cell: (contact) => <Moment at={contact.createdAt} />,
              },
            ]}
          />
        </div>
      )}
      {contacts.hasNextPage && (
        <Group justify="center" mt="sm">
          <Button
            variant="default"
            loading={contacts.isFetchingNextPage}
            onClick={() => void contacts.fetchNextPage()}
          >
            {t('common.loadMore')}
          </Button>
        </Group>
      )}
    </>
  );
}

/** The contacts of one process, whom no other process and no list of contacts knows (VOC-006). */
export function ContactsDialog({
  process,
  opened,
  onClose,
}: {
  process: Process;
  opened: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [contact, setContact] = useState<ProcessContact | null>(null);
  return (
    <>
      <Modal
        opened={opened}
        onClose={onClose}
        size="60rem"
        title={t('calling.contacts.of', { name: process.name })}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Text size="sm" c="dimmed" mb="sm">
          {t('calling.contacts.what')}
        </Text>
        {opened && <Contacts process={process} onOpen={setContact} />}
      </Modal>
      <Modal
        opened={contact !== null}
        onClose={() => setContact(null)}
        title={contact && nameOf(contact)}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {contact && <Contact process={process} contact={contact} />}
      </Modal>
    </>
  );
}
