import { Button, Group, Select, Tabs, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFileImport, IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoles } from '@/api/getRoles';
import { useTeams } from '@/api/getTeams';
import { useUsers } from '@/api/getUsers';
import { useMay } from '@/api/rights';
import { isAdministrator, useSession } from '@/api/session';
import { EmptyState } from '@/components/EmptyState';
import { FormDialog } from '@/components/FormDialog';
import { ListsProblem } from '@/components/ListsProblem';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { useLeave } from '@/components/unsaved';
import { formatNumber } from '@/lib/format';
import { useGroups } from '../api/groups';
import { type ListedUser, useUserPages } from '../api/users';
import { MoveHistory } from '../hierarchy/MoveHistory';
import { ExceptionsEditor } from '../staff/ExceptionsEditor';
import { PartnerCompany } from '../staff/PartnerCompany';
import { SignOnLinks } from '../staff/SignOnLinks';
import { UserImport } from '../staff/UserImport';
import { UsersTable } from '../staff/UsersTable';
import { HandOverForm } from './HandOverForm';
import { Section } from './Section';
import { UserForm } from './UserForm';

const STATES = ['active', 'invited', 'invitationFailed', 'notInvited', 'locked', 'inactive'] as const;

/** One user: what is known, and for those who may see it what else belongs to the account. */
function UserTabs({
  user,
  onDone,
  onHandOver,
  onLoadAgain,
}: {
  user: ListedUser;
  onDone: () => void;
  onHandOver: () => void;
  onLoadAgain: () => void;
}) {
  const { t } = useTranslation();
  const leave = useLeave();
  const mayPermit = useMay('permissions', 'edit');
  const administrator = isAdministrator(useSession().data);
  const [tab, setTab] = useState('user');
  return (
    <Tabs value={tab} onChange={(next) => leave(() => setTab(next ?? 'user'))} keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="user">{t('settings.users.tabs.user')}</Tabs.Tab>
        {mayPermit && <Tabs.Tab value="exceptions">{t('settings.users.tabs.exceptions')}</Tabs.Tab>}
        {mayPermit && <Tabs.Tab value="partner">{t('settings.users.tabs.partner')}</Tabs.Tab>}
        {administrator && <Tabs.Tab value="signOn">{t('settings.users.tabs.signOn')}</Tabs.Tab>}
        <Tabs.Tab value="moves">{t('hierarchy.history')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="user">
        <UserForm
          // Of another version it is another form.
          key={user.version}
          user={user}
          onDone={onDone}
          onHandOver={onHandOver}
          onLoadAgain={onLoadAgain}
        />
      </Tabs.Panel>
      <Tabs.Panel value="exceptions">
        <ExceptionsEditor user={user} onDone={onDone} />
      </Tabs.Panel>
      <Tabs.Panel value="partner">
        <PartnerCompany user={user} onDone={onDone} />
      </Tabs.Panel>
      <Tabs.Panel value="signOn">
        <SignOnLinks user={user} />
      </Tabs.Panel>
      <Tabs.Panel value="moves">
        <MoveHistory user={user.id} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** Who works here: everybody sees it, who administers users changes it. */
export function UsersPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/settings/users' });
  const lists = {
    users: useUsers(),
    roles: useRoles(),
    teams: useTeams(),
    groups: useGroups('sales-groups'),
  };
  const users = lists.users.data ?? [];
  const roles = lists.roles.data ?? [];
  const teams = lists.teams.data ?? [];
  const groups = lists.groups.data ?? [];
  const administers = useMay('users', 'edit');
  const mayCreate = useMay('users', 'create');
  const [text, setText] = useState(search.search ?? '');
  const [wanted] = useDebouncedValue(text.trim(), 250);
  const [editing, setEditing] = useState<ListedUser | 'new' | null>(null);
  const [handing, setHanding] = useState<ListedUser | null>(null);
  const [importing, setImporting] = useState(false);
  const pages = useUserPages(search);
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const total = pages.data?.pages[0]?.total ?? items.length;
  const filtered = [search.search, search.state, search.role, search.team, search.group].some(
    (value) => value !== undefined,
  );
  const close = () => setEditing(null);
  const loadAgain = async (edited: ListedUser) => {
    const present = (await pages.refetch()).data?.pages.flatMap((page) => page.items);
    setEditing(present?.find((user) => user.id === edited.id) ?? edited);
  };
  const roleName = (key: string) => roles.find((role) => role.key === key)?.label ?? key;

  const change = (next: Partial<typeof search>) =>
    void navigate({ to: '/settings/users', search: { ...search, ...next }, replace: true });
  useEffect(() => {
    void navigate({
      to: '/settings/users',
      search: (before) => ({ ...before, search: wanted || undefined }),
      replace: true,
    });
  }, [wanted, navigate]);

  const pick = (
    key: 'state' | 'role' | 'team' | 'group',
    label: string,
    data: { value: string; label: string }[],
  ) => (
    <Select
      size="xs"
      w={150}
      aria-label={label}
      placeholder={label}
      data={data}
      value={search[key] === undefined ? null : String(search[key])}
      onChange={(value) =>
        change({
          [key]: value === null ? undefined : key === 'team' || key === 'group' ? Number(value) : value,
        })
      }
      clearable
      clearButtonProps={{ 'aria-label': t('common.clear') }}
      searchable={data.length > 10}
    />
  );

  return (
    <Section
      title={t('settings.pages.users')}
      text={t('settings.users.what')}
      action={
        mayCreate && (
          <Group gap="xs" wrap="nowrap">
            <Button
              variant="default"
              leftSection={<IconFileImport size={14} />}
              onClick={() => setImporting(true)}
            >
              {t('settings.users.import')}
            </Button>
            <Button leftSection={<IconUserPlus size={14} />} onClick={() => setEditing('new')}>
              {t('settings.users.add')}
            </Button>
          </Group>
        )
      }
    >
      <Group gap="xs" mb="sm">
        <TextInput
          size="xs"
          w={{ base: '100%', xs: 220 }}
          aria-label={t('settings.users.search')}
          placeholder={t('settings.users.search')}
          leftSection={<IconSearch size={14} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {administers &&
          pick(
            'state',
            t('settings.users.state'),
            STATES.map((state) => ({
              value: state,
              label: t(`states.${state.toLowerCase() as 'invited'}`),
            })),
          )}
        {pick(
          'role',
          t('settings.users.role'),
          roles.map((role) => ({ value: role.key, label: role.label })),
        )}
        {teams.length > 0 &&
          pick(
            'team',
            t('settings.users.team'),
            teams.map((team) => ({ value: String(team.id), label: team.name })),
          )}
        {groups.length > 0 &&
          pick(
            'group',
            t('settings.users.group'),
            groups.map((group) => ({ value: String(group.id), label: group.name })),
          )}
        <Text size="xs" c="dimmed" ml="auto" role="status">
          {pages.isPending ? '' : t('settings.users.count', { count: total, amount: formatNumber(total) })}
        </Text>
      </Group>
      <ListsProblem lists={Object.values(lists)} />
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <PageSkeleton />
      ) : items.length === 0 ? (
        <EmptyState icon={IconSearch} title={t('list.nothingFound')}>
          {filtered && (
            <Button
              variant="default"
              onClick={() => {
                setText('');
                void navigate({ to: '/settings/users', search: {}, replace: true });
              }}
            >
              {t('settings.users.clearFilters')}
            </Button>
          )}
        </EmptyState>
      ) : (
        <>
          <UsersTable
            items={items}
            users={users}
            teams={teams}
            roleName={roleName}
            administers={administers}
            sort={search.sort ?? 'name'}
            onSort={(sort) => change({ sort: sort === 'name' ? undefined : sort })}
            onOpen={setEditing}
          />
          {pages.hasNextPage && (
            <Button
              mt="sm"
              variant="default"
              loading={pages.isFetchingNextPage}
              onClick={() => void pages.fetchNextPage()}
            >
              {t('common.loadMore')}
            </Button>
          )}
        </>
      )}
      <FormDialog
        opened={editing !== null}
        onClose={close}
        size="xl"
        title={
          editing === 'new'
            ? t('settings.users.add')
            : t('settings.users.edit', { name: editing === null ? '' : editing.name })
        }
      >
        {editing === 'new' && <UserForm user={undefined} onDone={close} onHandOver={close} />}
        {editing !== null && editing !== 'new' && (
          <UserTabs
            key={editing.id}
            user={editing}
            onDone={close}
            onLoadAgain={() => void loadAgain(editing)}
            onHandOver={() => {
              setHanding(editing);
              close();
            }}
          />
        )}
      </FormDialog>
      <FormDialog
        opened={handing !== null}
        onClose={() => setHanding(null)}
        title={t('settings.handOver.title', { name: handing?.name })}
      >
        {handing && <HandOverForm user={handing} onDone={() => setHanding(null)} />}
      </FormDialog>
      <FormDialog
        opened={importing}
        onClose={() => setImporting(false)}
        size="xl"
        title={t('settings.userImport.title')}
      >
        {importing && <UserImport onDone={() => setImporting(false)} />}
      </FormDialog>
    </Section>
  );
}
