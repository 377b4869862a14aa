import {
  Button,
  Group,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LeaveGuard } from '@/components/LeaveGuard';
import { HtmlFrame } from '@/components/HtmlFrame';
import { isOutdated, ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useDraft } from '@/lib/draft';
import { timeZones } from '@/lib/format';
import { isLanguage, LANGUAGES } from '@/lib/i18n';
import { type Profile, useSaveProfile } from '../api/profile';
import { DAYS, type Week, wrongWith } from './hours';
import { HoursInput } from './HoursInput';

function valuesOf(profile: Profile) {
  return {
    name: profile.name,
    email: profile.email ?? '',
    phone: profile.phone ?? '',
    mobile: profile.mobile ?? '',
    jobTitle: profile.jobTitle ?? '',
    timeZone: profile.timeZone ?? '',
    locale: profile.locale ?? '',
    meetingLocation: profile.meetingLocation ?? '',
    signature: profile.signature ?? '',
    followUpMail: profile.followUpMail !== false,
    // All days in their order: a day without hours is the same as one that is not named.
    availability: Object.fromEntries(DAYS.map((day) => [day, profile.availability[day] ?? []])) as Week,
  };
}
type Values = ReturnType<typeof valuesOf>;
type Key = Exclude<keyof Values, 'availability' | 'followUpMail'>;

function Part({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Title order={2}>{title}</Title>
      {text && (
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      )}
      <Stack gap="sm" mt="sm">
        {children}
      </Stack>
    </section>
  );
}

/** What somebody says about himself; one button saves it all. */
export function ProfileForm({
  profile,
  onLoadAgain,
}: {
  profile: Profile;
  onLoadAgain: () => Promise<Profile | undefined>;
}) {
  const { t } = useTranslation();
  const save = useSaveProfile();
  const draft = useDraft(profile, valuesOf);
  const { values, before, dirty } = draft;
  const week = values.availability;
  const [password, setPassword] = useState('');
  const violations = violationsOf(save.error);
  const errorOf = (key: string) => violations.find((entry) => entry.field === key)?.expectation;
  const set = (key: Key, value: string) => draft.change({ [key]: value });
  const wrong = DAYS.some((day) => wrongWith(week[day] ?? []) !== undefined);
  const mailChanged = values.email.trim() !== before.email;
  const known = [...Object.keys(before).filter((key) => key !== 'availability'), 'current'];
  const elsewhere = violations.filter((entry) => !known.includes(entry.field));

  const spoken = profile.accountLocale;
  const accountLanguage = spoken && isLanguage(spoken) ? LANGUAGES[spoken] : undefined;

  const input = (key: Key, type = 'text', autoComplete = 'off') => (
    <TextInput
      label={t(`profile.${key}`)}
      type={type}
      autoComplete={autoComplete}
      value={values[key]}
      error={errorOf(key)}
      required={key === 'name'}
      onChange={(event) => set(key, event.currentTarget.value)}
    />
  );

  const loadAgain = async () => {
    const present = await onLoadAgain();
    if (!present) return;
    draft.take(present);
    setPassword('');
    save.reset();
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(
          { ...values, password, version: draft.version },
          {
            onSuccess: (saved) => {
              draft.take(saved);
              setPassword('');
              toast(t('common.saved'));
            },
          },
        );
      }}
    >
      <LeaveGuard dirty={dirty && !save.isPending} />
      <Stack gap={32}>
        <Part title={t('profile.contact')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            {input('name', 'text', 'name')}
            {input('jobTitle', 'text', 'organization-title')}
            {input('email', 'email', 'email')}
            {input('phone', 'tel', 'tel')}
            {input('mobile', 'tel')}
            {mailChanged && (
              <PasswordInput
                label={t('security.currentPassword')}
                description={t('profile.passwordText')}
                autoComplete="current-password"
                value={password}
                error={errorOf('current')}
                onChange={(event) => setPassword(event.currentTarget.value)}
                required
              />
            )}
          </SimpleGrid>
        </Part>
        <Part title={t('profile.timeAndLanguage')} text={t('profile.timeText')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <Select
              label={t('profile.timeZone')}
              data={[
                { value: '', label: t('profile.accountZone', { zone: profile.accountTimeZone }) },
                ...timeZones(profile.timeZone).map((zone) => ({ value: zone, label: zone })),
              ]}
              value={values.timeZone}
              error={errorOf('timeZone')}
              searchable
              allowDeselect={false}
              onChange={(zone) => set('timeZone', zone ?? '')}
            />
            <Select
              label={t('profile.locale')}
              data={[
                {
                  value: '',
                  label: accountLanguage
                    ? t('profile.accountLanguage', { language: accountLanguage })
                    : t('profile.browserLanguage'),
                },
                ...Object.entries(LANGUAGES).map(([value, label]) => ({ value, label })),
              ]}
              value={values.locale}
              error={errorOf('locale')}
              allowDeselect={false}
              onChange={(locale) => set('locale', locale ?? '')}
            />
          </SimpleGrid>
        </Part>
        <Part title={t('profile.availability')} text={t('profile.availabilityText')}>
          <HoursInput week={week} onChange={(availability) => draft.change({ availability })} />
          {input('meetingLocation')}
          <Text size="xs" c="dimmed">
            {t('profile.calendars')}
          </Text>
        </Part>
        <Part title={t('profile.reminders')}>
          <Switch
            label={t('profile.followUpMail')}
            description={t('profile.followUpMailText')}
            checked={values.followUpMail}
            onChange={(event) => draft.change({ followUpMail: event.currentTarget.checked })}
          />
        </Part>
        <Part title={t('profile.signature')} text={t('profile.signatureText')}>
          <Textarea
            aria-label={t('profile.signature')}
            value={values.signature}
            error={errorOf('signature')}
            autosize
            minRows={4}
            maxRows={12}
            maxLength={20_000}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
            placeholder={'<p><b>Pat Doe</b><br>Acme Loans</p>'}
            onChange={(event) => set('signature', event.currentTarget.value)}
          />
          {values.signature.trim() !== '' && (
            <HtmlFrame title={t('profile.preview')} html={values.signature} />
          )}
        </Part>
        {save.error && (violations.length === 0 || elsewhere.length > 0) && (
          <ProblemAlert
            error={save.error}
            retry={t('common.loadAgain')}
            onRetry={isOutdated(save.error) ? () => void loadAgain() : undefined}
          />
        )}
        <Group>
          <Button
            type="submit"
            loading={save.isPending}
            disabled={!dirty || wrong || !values.name.trim() || (mailChanged && !password)}
          >
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
