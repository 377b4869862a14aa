import {
  ActionIcon,
  Alert,
  Anchor,
  Badge,
  Button,
  Group,
  MultiSelect,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconLayoutSidebar, IconPlus, IconSearch, IconUsersGroup } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type User, useUsers } from '@/api/getUsers';
import { useMay } from '@/api/rights';
import { isAdministrator, useSession } from '@/api/session';
import { AppLink } from '@/components/AppLink';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { FormDialog } from '@/components/FormDialog';
import { ListsProblem } from '@/components/ListsProblem';
import { PageSkeleton } from '@/components/PageSkeleton';
import { isOutdated, ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { type GroupKind, type StaffGroup, useDeleteGroup, useGroups, useSaveGroup } from '../api/groups';
import { Section } from '../components/Section';
import { ApplyView } from '../views/ApplyView';
import { useLeadViews } from '../views/views';
import { FormFooter } from '../components/FormFooter';
import { RowButtons } from '../components/RowButtons';
import { useEdited } from '../useEdited';

const SHOWN = 4;

/** The first members by name, and how many more there are. */
function Members({ group, users }: { group: StaffGroup; users: User[] }) {
  const { t } = useTranslation();
  const nameOf = (id: number) => users.find((user) => user.id === id)?.name ?? `#${id}`;
  if (group.members.length === 0) {
    return (
      <Text span size="sm" c="dimmed">
        {t('settings.groups.empty')}
      </Text>
    );
  }
  const more = group.members.length - SHOWN;
  return (
    <span title={group.members.map(nameOf).join(', ')}>
      {group.members.slice(0, SHOWN).map(nameOf).join(', ')}
      {more > 0 && ` ${t('settings.groups.more', { count: more })}`}
    </span>
  );
}

function GroupForm({
  kind,
  group,
  onDone,
  onLoadAgain,
}: {
  kind: GroupKind;
  group: StaffGroup | undefined;
  onDone: () => void;
  /** Somebody else has changed the group: begins anew with what it is now. */
  onLoadAgain: () => void;
}) {
  const { t } = useTranslation();
  const users = useUsers();
  const save = useSaveGroup(kind, group);
  const team = kind === 'teams';
  const [name, setName] = useState(group?.name ?? '');
  const [description, setDescription] = useState(group?.description ?? '');
  const [active, setActive] = useState(group?.active ?? true);
  const [members, setMembers] = useState(group?.members ?? []);
  useUnsaved({ name, description, active, members }, save.isPending || save.isSuccess);
  const violations = violationsOf(save.error);
  const errorOf = (key: string) => violations.find((entry) => entry.field === key)?.expectation;
  const known = ['name', 'members', 'description'];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(
          { name, members, ...(team ? {} : { description, active }) },
          {
            onSuccess: () => {
              toast(t('common.saved'));
              onDone();
            },
          },
        );
      }}
    >
      <Stack gap="sm">
        {save.error && !violations.some((entry) => known.includes(entry.field)) && (
          <ProblemAlert
            error={save.error}
            retry={t('common.loadAgain')}
            onRetry={isOutdated(save.error) ? onLoadAgain : undefined}
          />
        )}
        <ListsProblem lists={[users]} />
        <TextInput
          label={t('common.name')}
          value={name}
          maxLength={200}
          error={errorOf('name')}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          data-autofocus
        />
        {!team && (
          <Textarea
            label={t('settings.groups.description')}
            value={description}
            maxLength={1000}
            autosize
            minRows={2}
            maxRows={5}
            error={errorOf('description')}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
        )}
        <MultiSelect
          label={t('settings.teams.members')}
          description={t(team ? 'settings.groups.turns' : 'settings.groups.noRights')}
          placeholder={members.length === 0 ? t('settings.groups.choose') : undefined}
          data={(users.data ?? [])
            .filter((user) => user.active !== false || members.includes(user.id))
            .map((user) => ({
              value: String(user.id),
              label: user.active === false ? t('settings.groups.inactive', { name: user.name }) : user.name,
            }))}
          value={members.map(String)}
          error={errorOf('members')}
          onChange={(next) => setMembers(next.map(Number))}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('common.clear') }}
          limit={100}
          nothingFoundMessage={t('list.nothingFound')}
        />
        {!team && (
          <Switch
            label={t('settings.users.active')}
            description={t('settings.groups.activeText')}
            checked={active}
            onChange={(event) => setActive(event.currentTarget.checked)}
          />
        )}
        <FormFooter
          submit={t(group ? 'common.save' : 'common.create')}
          loading={save.isPending}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}

function GroupsPage({ kind }: { kind: GroupKind }) {
  const { t } = useTranslation();
  const words = kind === 'teams' ? 'settings.teams' : 'settings.salesGroups';
  const groups = useGroups(kind);
  const users = useUsers().data ?? [];
  const mayEdit = useMay('users', 'edit');
  const removal = useDeleteGroup(kind);
  const givesViews = isAdministrator(useSession().data) && kind === 'teams';
  const views = useLeadViews(givesViews).data?.items ?? [];
  const { view: offered } = useSearch({ strict: false }) as { view?: number };
  const offeredName = views.find((view) => view.id === offered)?.name;
  const [applying, setApplying] = useState<StaffGroup | null>(null);
  const [search, setSearch] = useState('');
  const form = useEdited(groups, (data) => data);
  const [removing, setRemoving] = useState<StaffGroup | null>(null);
  const all = groups.data ?? [];
  const wanted = search.trim().toLowerCase();
  const shown = all.filter((group) =>
    `${group.name} ${group.description ?? ''}`.toLowerCase().includes(wanted),
  );
  const add = mayEdit && (
    <Button leftSection={<IconPlus size={14} />} onClick={form.add}>
      {t(`${words}.add`)}
    </Button>
  );

  return (
    <Section title={t(`${words}.title`)} text={t(`${words}.what`)} action={all.length > 0 && add}>
      {offeredName !== undefined && (
        <Alert variant="light" mb="sm" icon={<IconLayoutSidebar size={16} />}>
          {t('leadViews.chooseTeams', { name: offeredName })}
        </Alert>
      )}
      {groups.error ? (
        <ProblemAlert error={groups.error} onRetry={() => void groups.refetch()} />
      ) : groups.isPending ? (
        <PageSkeleton />
      ) : all.length === 0 ? (
        <EmptyState icon={IconUsersGroup} title={t(`${words}.none`)} text={t(`${words}.what`)}>
          {add}
        </EmptyState>
      ) : (
        <>
          {all.length > 8 && (
            <TextInput
              size="xs"
              maw={260}
              mb="sm"
              aria-label={t('common.search')}
              placeholder={t('common.search')}
              leftSection={<IconSearch size={14} />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          )}
          {shown.length === 0 ? (
            <EmptyState icon={IconSearch} title={t('list.nothingFound')} />
          ) : (
            <DataTable
              label={t(`${words}.title`)}
              items={shown}
              rowKey={(group) => group.id}
              columns={[
                {
                  key: 'name',
                  label: t('common.name'),
                  width: 260,
                  cell: (group) => (
                    <div>
                      <Group gap={6}>
                        {mayEdit ? (
                          <Anchor
                            component="button"
                            type="button"
                            size="sm"
                            ta="left"
                            onClick={() => form.edit(group)}
                          >
                            {group.name}
                          </Anchor>
                        ) : (
                          group.name
                        )}
                        {group.active === false && (
                          <Badge color="gray" variant="outline">
                            {t('states.inactive')}
                          </Badge>
                        )}
                      </Group>
                      {group.description && (
                        <Text size="xs" c="dimmed" lineClamp={2}>
                          {group.description}
                        </Text>
                      )}
                    </div>
                  ),
                },
                {
                  key: 'members',
                  label: t('settings.teams.members'),
                  cell: (group) => <Members group={group} users={users} />,
                },
                {
                  key: 'count',
                  label: t('settings.groups.count'),
                  numeric: true,
                  width: 80,
                  cell: (group) =>
                    group.members.length === 0 ? (
                      '0'
                    ) : (
                      <Anchor
                        component={AppLink}
                        size="sm"
                        href={`/settings/users?${kind === 'teams' ? 'team' : 'group'}=${group.id}`}
                        aria-label={t('settings.groups.show', { name: group.name })}
                      >
                        {group.members.length}
                      </Anchor>
                    ),
                },
                ...(givesViews
                  ? [
                      {
                        key: 'view',
                        label: t('leadViews.title'),
                        cell: (group: StaffGroup) =>
                          views.find((view) => view.teams.some((team) => team.id === group.id))?.name ??
                          t('leadViews.standard'),
                      },
                    ]
                  : []),
                ...(mayEdit
                  ? [
                      {
                        key: 'actions',
                        label: '',
                        width: givesViews ? 124 : 88,
                        cell: (group: StaffGroup) => (
                          <RowButtons
                            edit={{
                              label: t('settings.groups.edit', { name: group.name }),
                              run: () => form.edit(group),
                            }}
                            remove={{
                              label: t('settings.groups.delete', { name: group.name }),
                              run: () => setRemoving(group),
                            }}
                          >
                            {givesViews && (
                              <ActionIcon
                                aria-label={t('leadViews.applyTo', { name: group.name })}
                                onClick={() => setApplying(group)}
                              >
                                <IconLayoutSidebar size={16} />
                              </ActionIcon>
                            )}
                          </RowButtons>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          )}
        </>
      )}
      <FormDialog
        opened={form.opened}
        onClose={form.close}
        title={!form.edited ? t(`${words}.add`) : t('settings.groups.edit', { name: form.edited.name })}
      >
        {form.opened && (
          <GroupForm
            // Of another version it is another form.
            key={form.formKey}
            kind={kind}
            group={form.edited}
            onDone={form.close}
            onLoadAgain={form.loadAgain}
          />
        )}
      </FormDialog>
      {applying && <ApplyView team={applying} offered={offered} onClose={() => setApplying(null)} />}
      <RemovalDialog
        what={removing?.id ?? null}
        removal={removal}
        title={t('settings.groups.delete', { name: removing?.name ?? '' })}
        confirm={t('common.delete')}
        onClose={() => setRemoving(null)}
      >
        {t(`${words}.deleteText`)}
      </RemovalDialog>
    </Section>
  );
}

/** The teams in which leads are shared out. */
export function TeamsPage() {
  return <GroupsPage kind="teams" />;
}

/** Sets of users for lists and views. */
export function SalesGroupsPage() {
  return <GroupsPage kind="sales-groups" />;
}
