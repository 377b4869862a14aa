import {
  Anchor,
  Button,
  Group,
  MultiSelect,
  PasswordInput,
  Radio,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useRoles } from '@/api/getRoles';
import { useTeams } from '@/api/getTeams';
import { useUsers } from '@/api/getUsers';
import { isAdministrator, useSession } from '@/api/session';
import { AppLink } from '@/components/AppLink';
import { ListsProblem } from '@/components/ListsProblem';
import { fieldErrors, isOutdated, ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useLeave, useUnsaved } from '@/components/unsaved';
import { timeZones } from '@/lib/format';
import { useChangeUser, useCreateUser, type ListedUser, type UserValues } from '../api/users';
import { useMailSettings } from '../api/mail';
import { AccountActions } from '../staff/AccountActions';
import { AddressState } from '../staff/AddressState';

interface Props {
  /** Undefined makes a new user. */
  user: ListedUser | undefined;
  onDone: () => void;
  /** What the user owns is to go to somebody else. */
  onHandOver: () => void;
  /** Somebody else has changed the user: begins anew with what is known now. */
  onLoadAgain?: () => void;
}

function valuesOf(user: ListedUser | undefined): UserValues {
  return {
    login: user?.login ?? '',
    name: user?.name ?? '',
    email: user?.email ?? '',
    phone: user?.phone ?? '',
    password: '',
    roles: user?.roles ?? ['crm_sales'],
    teams: user?.teams ?? [],
    active: user?.active ?? true,
    timeZone: user?.timeZone ?? '',
    reportsTo: user?.reportsTo ?? 0,
    invite: user === undefined,
  };
}

/** Where somebody changes what this form does not take from himself. */
function OwnElsewhere({
  text,
  href,
}: {
  text: 'settings.users.ownEmail' | 'settings.users.ownPassword';
  href: string;
}) {
  return (
    <Trans
      i18nKey={text}
      components={{ a: <Anchor component={AppLink} href={href} inherit underline="always" /> }}
    />
  );
}

/** What is known about a user, for administrators to change. */
export function UserForm({ user, onDone, onHandOver, onLoadAgain }: Props) {
  const { t } = useTranslation();
  const session = useSession().data;
  const administrator = isAdministrator(session);
  // The server takes the own address and the own password from whoever repeats the password only.
  const own = user !== undefined && user.id === session?.user.id;
  const users = useUsers();
  const roles = useRoles();
  const teams = useTeams();
  const create = useCreateUser();
  const change = useChangeUser(user?.id ?? 0, user?.version);
  const save = user ? change : create;
  const [values, setValues] = useState(() => valuesOf(user));
  useUnsaved(values, save.isPending || save.isSuccess);
  const leave = useLeave();
  const set = (changed: Partial<UserValues>) => setValues((before) => ({ ...before, ...changed }));
  const mail = useMailSettings();
  // Without a mail server invitations can be read in the Mailbox, by administrators only.
  const noServer = mail.data?.configured === false;
  const inviting = !user && values.invite === true;
  const known = ['login', 'name', 'email', 'phone', 'password', 'roles', 'teams', 'timeZone', 'reportsTo'];
  const { errorOf, elsewhere } = fieldErrors(save.error, known);
  const line = (key: 'login' | 'name' | 'email' | 'phone', label: string, required = false) => (
    <TextInput
      label={label}
      type={key === 'email' ? 'email' : 'text'}
      value={values[key]}
      required={required}
      error={errorOf(key)}
      onChange={(event) => set({ [key]: event.currentTarget.value })}
    />
  );

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(values, {
          onSuccess: () => {
            toast(t(inviting ? 'settings.users.invited' : 'common.saved'));
            if (administrator && user && user.active !== false && !values.active) onHandOver();
            else onDone();
          },
        });
      }}
    >
      <Stack gap="sm">
        {elsewhere && (
          <ProblemAlert
            error={save.error}
            retry={t('common.loadAgain')}
            onRetry={isOutdated(save.error) ? onLoadAgain : undefined}
          />
        )}
        <ListsProblem lists={[users, roles, teams]} />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {line('name', t('common.name'), true)}
          {user ? (
            <Stack gap={6}>
              {own ? (
                <TextInput
                  label={t('settings.users.email')}
                  description={<OwnElsewhere text="settings.users.ownEmail" href="/profile" />}
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  value={values.email}
                  error={errorOf('email')}
                  variant="filled"
                  readOnly
                />
              ) : (
                line('email', t('settings.users.email'))
              )}
              <AddressState user={user} typed={values.email} own={own} mayConfirm={administrator} />
            </Stack>
          ) : (
            <TextInput
              label={t('settings.users.email')}
              type="email"
              value={values.email}
              required={inviting}
              error={errorOf('email')}
              onChange={(event) => {
                const email = event.currentTarget.value;
                // The address is the user name, unless another is typed.
                set({ email, ...(values.login === values.email ? { login: email } : {}) });
              }}
            />
          )}
          {user ? (
            <TextInput
              label={t('signIn.login')}
              description={t('settings.users.loginStays')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={user.login}
              variant="filled"
              readOnly
            />
          ) : (
            line('login', t('signIn.login'), true)
          )}
          {line('phone', t('settings.users.phone'))}
        </SimpleGrid>
        <MultiSelect
          label={t('settings.users.roles')}
          data={(roles.data ?? []).map((role) => ({ value: role.key, label: role.label }))}
          value={values.roles}
          error={errorOf('roles')}
          onChange={(next) => set({ roles: next })}
          searchable
        />
        <MultiSelect
          label={t('settings.users.teams')}
          data={(teams.data ?? []).map((team) => ({ value: String(team.id), label: team.name }))}
          value={values.teams.map(String)}
          error={errorOf('teams')}
          onChange={(next) => set({ teams: next.map(Number) })}
          searchable
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <Select
            label={t('settings.users.manager')}
            placeholder={t('settings.users.nobody')}
            data={(users.data ?? [])
              .filter((other) => other.id !== user?.id && other.active !== false)
              .map((other) => ({ value: String(other.id), label: other.name }))}
            value={values.reportsTo ? String(values.reportsTo) : null}
            error={errorOf('reportsTo')}
            onChange={(next) => set({ reportsTo: Number(next ?? 0) })}
            searchable
            clearable
          />
          <Select
            label={t('settings.users.timeZone')}
            placeholder={t('settings.users.installationZone')}
            data={timeZones(user?.timeZone)}
            value={values.timeZone || null}
            error={errorOf('timeZone')}
            onChange={(next) => set({ timeZone: next ?? '' })}
            searchable
            clearable
            limit={60}
          />
        </SimpleGrid>
        {!user && (
          <Radio.Group
            label={t('settings.users.firstPassword')}
            value={values.invite ? 'invite' : 'password'}
            onChange={(value) => set({ invite: value === 'invite', password: '' })}
          >
            <Stack gap={6} mt={6}>
              <Radio
                value="invite"
                label={t('settings.users.sendInvitation')}
                description={t(
                  noServer ? 'settings.users.sendWithoutServer' : 'settings.users.sendInvitationText',
                )}
              />
              <Radio value="password" label={t('settings.users.setPassword')} />
            </Stack>
          </Radio.Group>
        )}
        {own && (
          <div>
            <Text size="sm" fw={600}>
              {t('signIn.password')}
            </Text>
            <Text size="xs" c="dimmed">
              <OwnElsewhere text="settings.users.ownPassword" href="/profile/security" />
            </Text>
          </div>
        )}
        {!inviting && !own && (
          <PasswordInput
            label={t(user ? 'settings.users.newPassword' : 'signIn.password')}
            description={t(user ? 'settings.users.newPasswordText' : 'settings.users.passwordText')}
            value={values.password}
            error={errorOf('password')}
            onChange={(event) => set({ password: event.currentTarget.value })}
            required={!user}
            minLength={12}
            autoComplete="new-password"
          />
        )}
        {user && (
          <Switch
            label={t('settings.users.active')}
            description={t('settings.users.activeText')}
            checked={values.active}
            onChange={(event) => set({ active: event.currentTarget.checked })}
          />
        )}
        {user && administrator && <AccountActions user={user} />}
        <Group justify="flex-end" gap="xs">
          {user && administrator && (
            <Button variant="subtle" mr="auto" onClick={() => leave(onHandOver)}>
              {t('settings.users.handOver')}
            </Button>
          )}
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t(user ? 'common.save' : inviting ? 'settings.users.createAndInvite' : 'common.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
