import {
  Alert,
  Button,
  Group,
  NumberInput,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/rights';
import { LeaveGuard } from '@/components/LeaveGuard';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import {
  type MailSettings,
  useForgetMailSettings,
  useMailSettings,
  useSaveMailSettings,
  useTestMail,
} from '../api/mail';
import { Section } from './Section';

function valuesOf(settings: MailSettings): Record<string, unknown> {
  return {
    host: settings.host ?? '',
    port: settings.port ?? 587,
    security: settings.security ?? 'starttls',
    username: settings.username ?? '',
    from: settings.from ?? '',
    fromName: settings.fromName ?? '',
    replyTo: settings.replyTo ?? '',
  };
}

function MailForm({ settings }: { settings: MailSettings }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const save = useSaveMailSettings();
  const forget = useForgetMailSettings();
  const test = useTestMail();
  const mayEdit = useMay('settings', 'edit');
  const [values, setValues] = useState(() => valuesOf(settings));
  const [password, setPassword] = useState('');
  const dirty = password !== '' || JSON.stringify(values) !== JSON.stringify(valuesOf(settings));
  const [to, setTo] = useState('');
  const { errorOf, elsewhere } = fieldErrors(save.error, [
    'host',
    'port',
    'username',
    'password',
    'from',
    'fromName',
    'replyTo',
  ]);
  const [forgetting, setForgetting] = useState<boolean | null>(null);
  const input = (key: 'host' | 'username' | 'from' | 'fromName' | 'replyTo', required = false) => (
    <TextInput
      label={t(`settings.mail.${key}`)}
      value={String(values[key] ?? '')}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setValues((before) => ({ ...before, [key]: value }));
      }}
      error={errorOf(key)}
      required={required}
    />
  );
  return (
    <Stack gap="lg" maw={640}>
      <LeaveGuard dirty={mayEdit && dirty && !save.isPending} />
      {!settings.configured && (
        <Alert icon={<IconInbox size={18} />} color="loom">
          {t('settings.mail.mailbox')}
        </Alert>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
          save.mutate(
            { ...filled, ...(password ? { password } : {}) },
            {
              onSuccess: (saved) => {
                toast(t('common.saved'));
                setValues(valuesOf(saved));
                setPassword('');
              },
            },
          );
        }}
      >
        <Stack gap="sm">
          {elsewhere && <ProblemAlert error={save.error} />}
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            {input('host', true)}
            <NumberInput
              label={t('settings.mail.port')}
              value={Number(values['port'])}
              onChange={(next) => setValues((before) => ({ ...before, port: Number(next) }))}
              error={errorOf('port')}
              min={1}
              max={65_535}
              hideControls
              thousandSeparator=""
              required
            />
            <Select
              label={t('settings.mail.security')}
              data={[
                { value: 'starttls', label: 'STARTTLS' },
                { value: 'tls', label: 'TLS' },
                { value: 'none', label: t('common.none') },
              ]}
              value={String(values['security'])}
              allowDeselect={false}
              onChange={(next) => setValues((before) => ({ ...before, security: next }))}
            />
            {input('username')}
            <PasswordInput
              label={t('signIn.password')}
              placeholder={settings.passwordSet ? t('settings.mail.passwordKept') : ''}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              error={errorOf('password')}
              autoComplete="new-password"
            />
            {input('from', true)}
            {input('fromName')}
            {input('replyTo')}
          </SimpleGrid>
          {mayEdit && (
            <Group gap="xs">
              <Button type="submit" loading={save.isPending}>
                {t('common.save')}
              </Button>
              {settings.configured && (
                <Button variant="default" onClick={() => setForgetting(true)}>
                  {t('settings.mail.forget')}
                </Button>
              )}
            </Group>
          )}
        </Stack>
      </form>
      <RemovalDialog
        what={forgetting}
        removal={{ isPending: forget.isPending, mutate: (_, then) => forget.mutate(undefined, then) }}
        title={t('settings.mail.forgetTitle')}
        confirm={t('settings.mail.forget')}
        onClose={() => setForgetting(null)}
      >
        {t('settings.mail.forgetText')}
      </RemovalDialog>
      {mayEdit && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            test.mutate(to, {
              onSuccess: (result) =>
                toast(result.message ?? t('settings.mail.testSent'), {
                  kind: result.delivered || result.way === 'mailbox' ? 'good' : 'bad',
                }),
              onError: (error) => toast(problemText(error), { kind: 'bad' }),
            });
          }}
        >
          <Group align="end" gap="xs">
            <TextInput
              label={t('settings.mail.testTo')}
              type="email"
              value={to}
              onChange={(event) => setTo(event.currentTarget.value)}
              required
              withAsterisk={false}
              flex={1}
              maw={320}
            />
            <Button type="submit" variant="default" size="sm" loading={test.isPending} disabled={!to}>
              {t('settings.mail.test')}
            </Button>
          </Group>
        </form>
      )}
    </Stack>
  );
}

export function MailPage() {
  const { t } = useTranslation();
  const settings = useMailSettings();
  return (
    <Section title={t('settings.pages.mail')} text={t('settings.mail.what')}>
      {settings.error ? (
        <ProblemAlert error={settings.error} onRetry={() => void settings.refetch()} />
      ) : settings.isPending ? (
        <PageSkeleton rows={4} />
      ) : (
        <MailForm key={String(settings.data.configured)} settings={settings.data} />
      )}
    </Section>
  );
}
