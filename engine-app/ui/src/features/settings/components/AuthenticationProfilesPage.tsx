import { Anchor, Badge, Button, MultiSelect, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconShieldLock } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '@/api/getUsers';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { FormDialog } from '@/components/FormDialog';
import { ListsProblem } from '@/components/ListsProblem';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, isOutdated, ProblemAlert } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import {
  type AuthenticationProfile,
  type ProfileValues,
  useAuthenticationProfiles,
  useDeleteProfile,
  useSaveProfile,
} from '../api/authenticationProfiles';
import { Section } from './Section';
import { FormFooter } from './FormFooter';
import { useEdited } from '../useEdited';

function ProfileForm({
  profile,
  profiles,
  mobile,
  onDone,
  onDelete,
  onLoadAgain,
}: {
  profile: AuthenticationProfile | undefined;
  profiles: AuthenticationProfile[];
  mobile: boolean;
  onDone: () => void;
  onDelete: () => void;
  /** Somebody else has changed it: begins anew with what it is now. */
  onLoadAgain: () => void;
}) {
  const { t } = useTranslation();
  const everybody = useUsers();
  const users = everybody.data ?? [];
  const save = useSaveProfile(profile);
  const [values, setValues] = useState<ProfileValues>({
    name: profile?.name ?? '',
    description: profile?.description ?? '',
    secondFactor: profile?.secondFactor ?? false,
    mobileRedirect: profile?.mobileRedirect ?? false,
    members: profile?.members ?? [],
  });
  useUnsaved(values, save.isPending || save.isSuccess);
  const set = (changed: Partial<ProfileValues>) => setValues((before) => ({ ...before, ...changed }));
  const { errorOf, elsewhere } = fieldErrors(save.error, ['name', 'description', 'members']);
  const moved = values.members
    .map((id) => ({
      user: users.find((user) => user.id === id)?.name,
      from: profiles.find((other) => other.id !== profile?.id && other.members.includes(id))?.name,
    }))
    .filter((move) => move.from !== undefined)
    .map((move) => t('settings.profiles.moves', { name: move.user ?? '', profile: move.from ?? '' }));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(values, {
      onSuccess: () => {
        toast(t('common.saved'));
        onDone();
      },
    });
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {elsewhere && (
          <ProblemAlert
            error={save.error}
            retry={t('common.loadAgain')}
            onRetry={isOutdated(save.error) ? onLoadAgain : undefined}
          />
        )}
        <TextInput
          label={t('common.name')}
          value={values.name}
          error={errorOf('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
          data-autofocus
          required
        />
        <Textarea
          label={t('settings.profiles.description')}
          value={values.description}
          error={errorOf('description')}
          onChange={(event) => set({ description: event.currentTarget.value })}
          autosize
        />
        <Switch
          label={t('settings.profiles.secondFactor')}
          description={t('settings.profiles.secondFactorText')}
          checked={values.secondFactor}
          onChange={(event) => set({ secondFactor: event.currentTarget.checked })}
        />
        {mobile && (
          <Switch
            label={t('settings.profiles.mobile')}
            description={t('settings.profiles.mobileText')}
            checked={values.mobileRedirect}
            onChange={(event) => set({ mobileRedirect: event.currentTarget.checked })}
          />
        )}
        <ListsProblem lists={[everybody]} />
        <MultiSelect
          label={t('settings.pages.users')}
          data={users.map((user) => ({ value: String(user.id), label: user.name }))}
          value={values.members.map(String)}
          error={errorOf('members')}
          description={moved.join(' ') || undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          onChange={(next) => set({ members: next.map(Number) })}
          searchable
          clearable
        />
        <FormFooter
          submit={t(profile ? 'common.save' : 'common.create')}
          loading={save.isPending}
          disabled={!values.name.trim()}
          onCancel={onDone}
        >
          {profile && (
            <Button variant="subtle" color="red" mr="auto" onClick={onDelete}>
              {t('common.delete')}
            </Button>
          )}
        </FormFooter>
      </Stack>
    </form>
  );
}

/** Administration > authentication profiles: how groups of users sign in. */
export function AuthenticationProfilesPage() {
  const { t } = useTranslation();
  const profiles = useAuthenticationProfiles();
  const users = useUsers().data ?? [];
  const removal = useDeleteProfile();
  const form = useEdited(profiles, (data) => data.items);
  const [removing, setRemoving] = useState<number | null>(null);
  const add = (
    <Button leftSection={<IconPlus size={14} />} onClick={form.add}>
      {t('settings.profiles.add')}
    </Button>
  );

  return (
    <Section
      title={t('settings.pages.profiles')}
      text={t('settings.profiles.what')}
      action={(profiles.data?.items.length ?? 0) > 0 && add}
    >
      {profiles.error ? (
        <ProblemAlert error={profiles.error} onRetry={() => void profiles.refetch()} />
      ) : profiles.isPending ? (
        <PageSkeleton />
      ) : profiles.data.items.length === 0 ? (
        <EmptyState
          icon={IconShieldLock}
          title={t('settings.profiles.empty')}
          text={t('settings.profiles.emptyText')}
        >
          {add}
        </EmptyState>
      ) : (
        <DataTable
          label={t('settings.pages.profiles')}
          items={profiles.data.items}
          rowKey={(profile) => profile.id}
          columns={[
            {
              key: 'name',
              label: t('common.name'),
              cell: (profile) => (
                <div>
                  <Anchor component="button" type="button" size="sm" onClick={() => form.edit(profile)}>
                    {profile.name}
                  </Anchor>
                  <div>{profile.description}</div>
                </div>
              ),
            },
            {
              key: 'secondFactor',
              label: t('settings.profiles.secondFactor'),
              cell: (profile) => (
                <Badge color={profile.secondFactor ? 'loom' : 'gray'}>
                  {profile.secondFactor ? t('common.yes') : t('common.no')}
                </Badge>
              ),
            },
            {
              key: 'members',
              label: t('settings.pages.users'),
              cell: (profile) =>
                profile.members.map((id) => users.find((user) => user.id === id)?.name ?? id).join(', '),
            },
          ]}
        />
      )}
      <FormDialog
        opened={form.opened}
        onClose={form.close}
        title={!form.edited ? t('settings.profiles.add') : form.edited.name}
      >
        {form.opened && (
          <ProfileForm
            // Of another version it is another form.
            key={form.formKey}
            onLoadAgain={form.loadAgain}
            profile={form.edited}
            profiles={profiles.data?.items ?? []}
            mobile={profiles.data?.mobile ?? false}
            onDone={form.close}
            onDelete={() => {
              if (form.edited) setRemoving(form.edited.id);
              form.close();
            }}
          />
        )}
      </FormDialog>
      <RemovalDialog
        what={removing}
        removal={removal}
        title={t('settings.profiles.delete')}
        confirm={t('common.delete')}
        onClose={() => setRemoving(null)}
      >
        {t('settings.profiles.deleteText')}
      </RemovalDialog>
    </Section>
  );
}
