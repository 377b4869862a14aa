import {
  Alert,
  Button,
  Code,
  CopyButton,
  Group,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoles } from '@/api/getRoles';
import { ListsProblem } from '@/components/ListsProblem';
import { fieldErrors, isOutdated, ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import {
  type ProviderValues,
  type SignOnProvider,
  useCheckProvider,
  useSaveProvider,
} from '../api/singleSignOn';

interface Props {
  provider: SignOnProvider | undefined;
  /** Where a provider sends browsers back to, without its id; a path when the server does not know its own name. */
  callback: string;
  /** Where a provider may send browsers after a sign-out there; the same. */
  signedOut: string;
  onMade: (id: number) => void;
  onDone: () => void;
  onDelete: () => void;
  /** Somebody else has changed it: begins anew with what it is now. */
  onLoadAgain: () => void;
}

const FIELDS = ['name', 'issuer', 'clientId', 'clientSecret', 'scopes', 'domains', 'newcomers'];

/** An address of ours; the server gives a path when it does not know its own name. */
function absolute(address: string): string {
  return `${address.startsWith('/') ? window.location.origin : ''}${address}`;
}

/** What has to be entered at the provider. */
function Address({ label, text, value }: { label: string; text: string; value: string }) {
  const { t } = useTranslation();
  return (
    <div>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Text size="xs" c="dimmed" mb={4}>
        {text}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <Code style={{ overflowWrap: 'anywhere', flex: 1 }}>{value}</Code>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy} aria-label={t('apiKeys.copyOne', { what: label })}>
              {t(copied ? 'common.copied' : 'common.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}

/** What has to be entered at the provider, and whether it answers. */
function Connection({ provider, callback }: { provider: SignOnProvider; callback: string }) {
  const { t } = useTranslation();
  const check = useCheckProvider();
  return (
    <Stack gap="xs">
      <Address
        label={t('settings.singleSignOn.callback')}
        text={t('settings.singleSignOn.callbackText')}
        value={absolute(`${callback}${provider.id}`)}
      />
      <Group gap="xs">
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate(provider.id)}>
          {t('settings.singleSignOn.check')}
        </Button>
        <Text size="xs" c="dimmed" flex={1}>
          {t('settings.singleSignOn.checkText')}
        </Text>
      </Group>
      {check.error && <ProblemAlert error={check.error} />}
      {check.data && (
        <Alert
          color={check.data.reachable ? 'green' : 'red'}
          icon={check.data.reachable ? <IconCheck size={18} /> : <IconAlertTriangle size={18} />}
          role="status"
          p="sm"
        >
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {check.data.reachable ? t('settings.singleSignOn.answers') : check.data.problem}
            {check.data.reachable && !check.data.signOut && ` ${t('settings.singleSignOn.noSignOut')}`}
          </Text>
        </Alert>
      )}
    </Stack>
  );
}

/** Adds or changes a provider of single sign-on. */
export function ProviderForm({
  provider,
  callback,
  signedOut,
  onMade,
  onDone,
  onDelete,
  onLoadAgain,
}: Props) {
  const { t } = useTranslation();
  // The values stand on the version that they were read with, whatever the list reads anew meanwhile.
  const [base] = useState(provider);
  const roles = useRoles();
  const save = useSaveProvider(base);
  const [values, setValues] = useState<ProviderValues>({
    name: provider?.name ?? '',
    issuer: provider?.issuer ?? '',
    clientId: provider?.clientId ?? '',
    clientSecret: '',
    scopes: provider?.scopes ?? ['openid', 'profile', 'email'],
    domains: provider?.domains ?? [],
    newcomers: provider?.newcomers ?? '',
    signOut: provider?.signOut ?? false,
    active: provider?.active ?? true,
  });
  useUnsaved(values, save.isPending || save.isSuccess);
  const set = (changed: Partial<ProviderValues>) => setValues((before) => ({ ...before, ...changed }));
  const { errorOf, elsewhere } = fieldErrors(save.error, FIELDS);
  const ready =
    values.name.trim() && values.issuer.trim() && values.clientId.trim() && (provider || values.clientSecret);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(values, {
      onSuccess: (saved) => {
        toast(t('common.saved'));
        if (provider) onDone();
        else onMade(saved.id);
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
        <ListsProblem lists={[roles]} />
        {provider && <Connection provider={provider} callback={callback} />}
        <TextInput
          label={t('common.name')}
          description={t('settings.singleSignOn.nameText')}
          value={values.name}
          error={errorOf('name')}
          maxLength={100}
          onChange={(event) => set({ name: event.currentTarget.value })}
          data-autofocus={provider ? undefined : true}
          required
        />
        <TextInput
          label={t('settings.singleSignOn.issuer')}
          description={t('settings.singleSignOn.issuerText')}
          placeholder="https://login.example.com"
          value={values.issuer}
          error={errorOf('issuer')}
          maxLength={500}
          onChange={(event) => set({ issuer: event.currentTarget.value })}
          inputMode="url"
          required
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            label={t('settings.singleSignOn.clientId')}
            value={values.clientId}
            error={errorOf('clientId')}
            maxLength={300}
            onChange={(event) => set({ clientId: event.currentTarget.value })}
            autoComplete="off"
            required
          />
          <PasswordInput
            label={t('settings.singleSignOn.clientSecret')}
            placeholder={provider ? t('settings.mail.passwordKept') : ''}
            value={values.clientSecret}
            error={errorOf('clientSecret')}
            onChange={(event) => set({ clientSecret: event.currentTarget.value })}
            autoComplete="new-password"
            required={!provider}
          />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <Select
            label={t('settings.singleSignOn.newcomers')}
            description={t('settings.singleSignOn.newcomersText')}
            data={[
              { value: '', label: t('settings.singleSignOn.refuse') },
              ...(roles.data ?? [])
                .filter((role) => role.key !== 'crm_admin')
                .map((role) => ({
                  value: role.key,
                  label: t('settings.singleSignOn.become', { role: role.label }),
                })),
            ]}
            value={values.newcomers}
            error={errorOf('newcomers')}
            allowDeselect={false}
            onChange={(next) => set({ newcomers: next ?? '' })}
          />
          <TagsInput
            label={t('settings.singleSignOn.domains')}
            description={t('settings.singleSignOn.domainsText')}
            placeholder={values.domains.length > 0 ? '' : 'example.com'}
            value={values.domains}
            error={errorOf('domains')}
            onChange={(next) => set({ domains: next })}
            splitChars={[',', ' ']}
            acceptValueOnBlur
          />
        </SimpleGrid>
        <TagsInput
          label={t('settings.singleSignOn.scopes')}
          description={t('settings.singleSignOn.scopesText')}
          value={values.scopes}
          error={errorOf('scopes')}
          onChange={(next) => set({ scopes: next })}
          splitChars={[',', ' ']}
          acceptValueOnBlur
        />
        <Switch
          label={t('settings.singleSignOn.signOut')}
          description={t('settings.singleSignOn.signOutText')}
          checked={values.signOut}
          onChange={(event) => set({ signOut: event.currentTarget.checked })}
        />
        {values.signOut && (
          <Address
            label={t('settings.singleSignOn.signedOut')}
            text={t('settings.singleSignOn.signedOutText')}
            value={absolute(signedOut)}
          />
        )}
        <Switch
          label={t('settings.singleSignOn.active')}
          description={t('settings.singleSignOn.activeText')}
          checked={values.active}
          onChange={(event) => set({ active: event.currentTarget.checked })}
        />
        <Group justify="flex-end" gap="xs">
          {provider && (
            <Button variant="subtle" color="red" mr="auto" onClick={onDelete}>
              {t('common.delete')}
            </Button>
          )}
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!ready}>
            {t(provider ? 'common.save' : 'common.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
