import { Button, Group, Radio, Select, Switch, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import {
  IconAddressBook,
  IconHeadset,
  IconListDetails,
  IconPencil,
  IconPlus,
  IconSearch,
  IconSpeakerphone,
  IconTable,
  IconTrash,
  IconUpload,
  IconUserPlus,
  IconUsers,
} from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '@/api/getUsers';
import { useSession } from '@/api/session';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { FormDialog } from '@/components/FormDialog';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { formatNumber } from '@/lib/format';
import {
  fetchLeadList,
  type LeadList,
  type Process,
  useDeleteLeadList,
  useEnableLeadList,
  useLeadList,
  useLeadLists,
  useProcesses,
} from '../api/calling';
import { Section } from '../components/Section';
import classes from './Calling.module.css';
import { CampaignsDialog } from './CampaignsDialog';
import { CampaignsOfList } from './CampaignsOfList';
import { ColumnsDialog } from './ColumnsDialog';
import { ContactForm } from './ContactForm';
import { ContactsDialog } from './ContactsDialog';
import { LeadsDialog } from './LeadsDialog';
import { ListForm } from './ListForm';
import { UploadDialog } from './UploadDialog';

function EnableSwitch({ list }: { list: LeadList }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const enable = useEnableLeadList();
  return (
    <Switch
      color="green"
      aria-label={t('calling.lists.enabledOf', { name: list.name })}
      // Until the list is read again it stands as it was clicked.
      checked={enable.isPending ? enable.variables.enabled : list.enabled}
      onChange={(event) => {
        if (enable.isPending) return;
        enable.mutate(
          { list, enabled: event.currentTarget.checked },
          { onError: (error) => toast(problemText(error), { kind: 'bad' }) },
        );
      }}
    />
  );
}

/** The lists of one process, and what is done with the one that is selected. */
function Lists({ process }: { process: Process }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const users = useUsers().data ?? [];
  const [search, setSearch] = useState('');
  const [sought] = useDebouncedValue(search.trim(), 200);
  const lists = useLeadLists(process.id, sought);
  const removal = useDeleteLeadList(process.id);
  const [selected, setSelected] = useState<number | null>(null);
  /** What was saved last: it is shown, wherever in the pages it may be. */
  const [saved, setSaved] = useState<number | null>(null);
  const [editing, setEditing] = useState<LeadList | 'new' | null>(null);
  const [removing, setRemoving] = useState<LeadList | null>(null);
  const [columns, setColumns] = useState(false);
  const [campaigns, setCampaigns] = useState(false);
  const [contacts, setContacts] = useState(false);
  /** What is done with the leads of the list that is selected. */
  const [leads, setLeads] = useState<'shown' | 'added' | 'uploaded' | null>(null);
  const read = lists.data?.pages.flatMap((page) => page.items) ?? [];
  const apart = saved !== null && !sought && !lists.isPending && !read.some((list) => list.id === saved);
  const fresh = useLeadList(process.id, apart ? saved : null);
  const all = apart && fresh.isSuccess ? [fresh.data, ...read] : read;
  const chosen = all.find((list) => list.id === selected);
  const nameOf = (id: number) => {
    const user = users.find((each) => each.id === id);
    if (!user) return `#${id}`;
    return user.active === false ? t('settings.groups.inactive', { name: user.name }) : user.name;
  };
  const loadAgain = async () => {
    if (editing === null || editing === 'new') return;
    try {
      setEditing(await fetchLeadList(editing.id));
    } catch (error) {
      toast(problemText(error), { kind: 'bad' });
    }
  };
  const nothing = all.length === 0 && !search.trim() && !sought && !lists.isPlaceholderData;
  return (
    <>
      <Group gap="xs" mb="sm">
        <Button leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>
          {t('calling.lists.add')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPencil size={14} />}
          disabled={!chosen}
          onClick={() => chosen && setEditing(chosen)}
        >
          {t('common.edit')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconTrash size={14} />}
          disabled={!chosen}
          onClick={() => chosen && setRemoving(chosen)}
        >
          {t('common.delete')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconUsers size={14} />}
          disabled={!chosen}
          onClick={() => setLeads('shown')}
        >
          {t('calling.leads.open')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconUserPlus size={14} />}
          disabled={!chosen}
          onClick={() => setLeads('added')}
        >
          {t('calling.contact.add')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconUpload size={14} />}
          disabled={!chosen}
          onClick={() => setLeads('uploaded')}
        >
          {t('calling.upload.open')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconSpeakerphone size={14} />}
          onClick={() => setCampaigns(true)}
        >
          {t('calling.campaigns.open')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconAddressBook size={14} />}
          onClick={() => setContacts(true)}
        >
          {t('calling.contacts.open')}
        </Button>
        <Button variant="default" leftSection={<IconTable size={14} />} onClick={() => setColumns(true)}>
          {t('calling.tables.columns')}
        </Button>
      </Group>
      {lists.error ? (
        <ProblemAlert error={lists.error} onRetry={() => void lists.refetch()} />
      ) : lists.isPending ? (
        <PageSkeleton />
      ) : nothing ? (
        <EmptyState
          icon={IconListDetails}
          title={t('calling.lists.none')}
          text={t('calling.lists.noneText')}
        />
      ) : (
        <div className={classes.lists}>
          <div>
            <TextInput
              size="xs"
              maw={260}
              mb="xs"
              aria-label={t('calling.lists.search')}
              placeholder={t('calling.lists.search')}
              leftSection={<IconSearch size={14} />}
              value={search}
              maxLength={200}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            {all.length === 0 ? (
              <EmptyState icon={IconSearch} title={t('list.nothingFound')} />
            ) : (
              <DataTable
                label={t('settings.pages.leadLists')}
                items={all}
                rowKey={(list) => list.id}
                selected={(list) => list.id === selected}
                columns={[
                  {
                    key: 'name',
                    label: t('calling.lists.name'),
                    cell: (list) => (
                      <Radio
                        name="lead-list"
                        size="sm"
                        label={list.name}
                        description={list.description ?? undefined}
                        checked={list.id === selected}
                        onChange={() => setSelected(list.id)}
                      />
                    ),
                  },
                  {
                    key: 'owner',
                    label: t('calling.lists.owner'),
                    width: 130,
                    cell: (list) => nameOf(list.owner),
                  },
                  {
                    key: 'leads',
                    label: t('calling.lists.leads'),
                    width: 70,
                    numeric: true,
                    cell: (list) => formatNumber(list.leads),
                  },
                  {
                    key: 'zone',
                    label: t('calling.timeZone'),
                    width: 130,
                    // Long names break where they are made of parts.
                    cell: (list) => list.timeZone.replace(/\//g, '/\u200b'),
                  },
                  {
                    key: 'enabled',
                    label: t('calling.lists.enabled'),
                    width: 70,
                    cell: (list) => <EnableSwitch list={list} />,
                  },
                ]}
              />
            )}
            {lists.hasNextPage && (
              <Group justify="center" mt="sm">
                <Button
                  variant="default"
                  loading={lists.isFetchingNextPage}
                  onClick={() => void lists.fetchNextPage()}
                >
                  {t('common.loadMore')}
                </Button>
              </Group>
            )}
          </div>
          {chosen ? (
            <CampaignsOfList key={chosen.id} list={chosen} onManage={() => setCampaigns(true)} />
          ) : (
            <div className={classes.assign}>
              <Text size="sm" c="dimmed">
                {t('calling.assign.select')}
              </Text>
            </div>
          )}
        </div>
      )}
      <FormDialog
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={
          editing === null || editing === 'new'
            ? t('calling.lists.add')
            : t('calling.edit', { name: editing.name })
        }
      >
        {editing && (
          <ListForm
            key={editing === 'new' ? editing : `${editing.id}/${editing.version}`}
            process={process}
            list={editing === 'new' ? undefined : editing}
            onDone={(done) => {
              setEditing(null);
              if (!done) return;
              setSearch('');
              setSaved(done.id);
              setSelected(done.id);
            }}
            onLoadAgain={() => void loadAgain()}
          />
        )}
      </FormDialog>
      <RemovalDialog
        what={removing?.id ?? null}
        removal={removal}
        title={t('calling.delete', { name: removing?.name ?? '' })}
        confirm={t('common.yes')}
        refuse={t('common.no')}
        onClose={() => setRemoving(null)}
      >
        {t('calling.lists.deleteText')}
      </RemovalDialog>
      <LeadsDialog list={leads === 'shown' && chosen ? chosen : null} onClose={() => setLeads(null)} />
      <FormDialog
        opened={leads === 'added' && chosen !== undefined}
        onClose={() => setLeads(null)}
        title={t('calling.contact.to', { name: chosen?.name ?? '' })}
      >
        {chosen && <ContactForm key={chosen.id} list={chosen} onDone={() => setLeads(null)} />}
      </FormDialog>
      <UploadDialog list={leads === 'uploaded' && chosen ? chosen : null} onClose={() => setLeads(null)} />
      <CampaignsDialog process={process} opened={campaigns} onClose={() => setCampaigns(false)} />
      <ContactsDialog process={process} opened={contacts} onClose={() => setContacts(false)} />
      <ColumnsDialog process={process} opened={columns} onClose={() => setColumns(false)} />
    </>
  );
}

/** The lead lists of one process at a time (LEAD-208); which one is remembered for each user of a browser. */
export function LeadListsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const session = useSession().data;
  const processes = useProcesses();
  const asked = useSearch({ strict: false }).process;
  const kept = `leadloom.process.${session?.user.id ?? 0}`;
  const all = processes.data ?? [];
  const remembered = Number(localStorage.getItem(kept));
  // Somebody who asked for one of them does not go on in another without knowing.
  const process =
    asked === undefined
      ? (all.find((each) => each.id === remembered) ?? all[0])
      : all.find((each) => each.id === asked);
  const gone = asked !== undefined && process === undefined;
  const chosen = process?.id;
  useEffect(() => {
    if (chosen !== undefined) localStorage.setItem(kept, String(chosen));
  }, [kept, chosen]);
  return (
    <Section title={t('settings.pages.leadLists')} text={t('calling.lists.what')}>
      {processes.error ? (
        <ProblemAlert error={processes.error} onRetry={() => void processes.refetch()} />
      ) : processes.isPending || (gone && processes.isFetching) ? (
        <PageSkeleton />
      ) : all.length === 0 ? (
        <EmptyState
          icon={IconHeadset}
          title={t('calling.lists.noProcess')}
          text={t('calling.lists.noProcessText')}
        />
      ) : (
        <>
          <Select
            label={t('calling.lists.process')}
            maw={320}
            mb="sm"
            data={all.map((each) => ({ value: String(each.id), label: each.name }))}
            value={process ? String(process.id) : null}
            onChange={(next) =>
              next && void navigate({ to: '/settings/lead-lists', search: { process: Number(next) } })
            }
            searchable
            allowDeselect={false}
            nothingFoundMessage={t('list.nothingFound')}
          />
          {process ? (
            <Lists key={process.id} process={process} />
          ) : (
            <EmptyState
              icon={IconHeadset}
              title={t('calling.lists.gone')}
              text={t('calling.lists.goneText')}
            />
          )}
        </>
      )}
    </Section>
  );
}
