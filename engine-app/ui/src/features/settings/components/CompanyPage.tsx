import {
  Alert,
  Button,
  Divider,
  Group,
  List,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { IconBuilding, IconClockExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/rights';
import { isAdministrator, useSession } from '@/api/session';
import { LeaveGuard } from '@/components/LeaveGuard';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { PictureInput } from '@/components/PictureInput';
import { isOutdated, ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useDraft } from '@/lib/draft';
import { timeZones } from '@/lib/format';
import { LANGUAGES } from '@/lib/i18n';
import {
  type CompanySettings,
  useCompanySettings,
  usePutLogo,
  useRemoveLogo,
  useSaveCompany,
} from '../api/company';
import { AccountKey } from './AccountKey';
import classes from './Company.module.css';
import { Section } from './Section';

const PLACES = ['street', 'zip', 'city', 'state', 'country'] as const;
type Place = (typeof PLACES)[number];
type Values = Record<'name' | 'email' | 'phone' | 'website' | 'timeZone' | 'language' | Place, string>;

function valuesOf(settings: CompanySettings): Values {
  const { address } = settings;
  return {
    name: settings.name,
    email: settings.email ?? '',
    phone: settings.phone ?? '',
    website: settings.website ?? '',
    street: address.street ?? '',
    zip: address.zip ?? '',
    city: address.city ?? '',
    state: address.state ?? '',
    country: address.country ?? '',
    timeZone: settings.timeZone,
    language: settings.language ?? '',
  };
}

function Logo({ settings, mayEdit }: { settings: CompanySettings; mayEdit: boolean }) {
  const { t } = useTranslation();
  const put = usePutLogo();
  const remove = useRemoveLogo();
  const preview = (
    <span className={classes.logo}>
      {settings.logo ? (
        <img src={settings.logo} alt={t('company.logo')} />
      ) : (
        <IconBuilding size={28} stroke={1.4} aria-hidden />
      )}
    </span>
  );
  if (!mayEdit) return preview;
  return (
    <PictureInput
      label={t('company.logo')}
      preview={preview}
      present={Boolean(settings.logo)}
      error={put.error ?? remove.error}
      busy={put.isPending || remove.isPending}
      question={{ title: t('company.removeLogo'), text: t('company.removeLogoText') }}
      onPick={(file) => {
        remove.reset();
        put.mutate(file, { onSuccess: () => toast(t('common.saved')) });
      }}
      onRemove={() => {
        put.reset();
        remove.mutate(undefined, { onSuccess: () => toast(t('common.saved')) });
      }}
    />
  );
}

function CompanyForm({
  settings,
  onLoadAgain,
}: {
  settings: CompanySettings;
  onLoadAgain: () => Promise<CompanySettings | undefined>;
}) {
  const { t } = useTranslation();
  const save = useSaveCompany();
  const mayEdit = useMay('settings', 'edit');
  const draft = useDraft(settings, valuesOf);
  const { values, before, dirty } = draft;
  const violations = violationsOf(save.error);
  const errorOf = (key: string) => violations.find((entry) => entry.field === key)?.expectation;
  const shown = violations.filter((entry) => entry.field !== 'version');
  const input = (key: keyof Values, field: string, type = 'text', autoComplete = 'off') => (
    <TextInput
      key={key}
      label={t(`company.${key}`)}
      type={type}
      autoComplete={autoComplete}
      value={values[key]}
      error={errorOf(field)}
      readOnly={!mayEdit}
      required={key === 'name'}
      onChange={(event) => {
        draft.change({ [key]: event.currentTarget.value });
      }}
    />
  );
  const loadAgain = async () => {
    const present = await onLoadAgain();
    if (!present) return;
    draft.take(present);
    save.reset();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const { street, zip, city, state, country, ...rest } = values;
        save.mutate(
          { ...rest, version: draft.version, address: { street, zip, city, state, country } },
          {
            onSuccess: (saved) => {
              draft.take(saved);
              toast(t('common.saved'));
            },
          },
        );
      }}
    >
      <LeaveGuard dirty={dirty && !save.isPending} />
      <Stack gap="lg">
        {save.error && shown.length === 0 && (
          <ProblemAlert
            error={save.error}
            retry={t('common.loadAgain')}
            onRetry={isOutdated(save.error) ? () => void loadAgain() : undefined}
          />
        )}
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {input('name', 'name', 'text', 'organization')}
          {input('email', 'email', 'email')}
          {input('phone', 'phone', 'tel')}
          {input('website', 'website', 'url')}
        </SimpleGrid>
        <div>
          <Title order={3} mb="xs">
            {t('company.address')}
          </Title>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            {PLACES.map((key) => input(key, `address.${key}`))}
          </SimpleGrid>
        </div>
        <div>
          <Title order={3} mb="xs">
            {t('company.time')}
          </Title>
          <Select
            label={t('company.timeZone')}
            description={t('company.timeZoneText')}
            data={timeZones(values.timeZone)}
            value={values.timeZone}
            error={errorOf('timeZone')}
            searchable
            allowDeselect={false}
            readOnly={!mayEdit}
            maw={360}
            onChange={(zone) => zone && draft.change({ timeZone: zone })}
          />
          <Select
            mt="sm"
            label={t('company.language')}
            description={t('company.languageText')}
            data={[
              { value: '', label: t('company.browserLanguage') },
              ...Object.entries(LANGUAGES).map(([value, label]) => ({ value, label })),
            ]}
            value={values.language}
            error={errorOf('language')}
            allowDeselect={false}
            readOnly={!mayEdit}
            maw={360}
            onChange={(language) => draft.change({ language: language ?? '' })}
          />
          {values.timeZone !== before.timeZone && (
            <Alert
              mt="sm"
              color="yellow"
              icon={<IconClockExclamation size={18} />}
              title={t('company.zoneTitle', { from: before.timeZone, to: values.timeZone })}
            >
              <List size="sm" spacing={2}>
                <List.Item>{t('company.zoneSchedules')}</List.Item>
                <List.Item>{t('company.zoneShown')}</List.Item>
                <List.Item>{t('company.zoneStays')}</List.Item>
              </List>
            </Alert>
          )}
        </div>
        {mayEdit && (
          <Group gap="md">
            <Button type="submit" loading={save.isPending} disabled={!dirty}>
              {t('common.save')}
            </Button>
            {settings.changedAt && (
              <Text size="xs" c="dimmed">
                {t('company.changed', { who: settings.changedBy ?? '' })} <Moment at={settings.changedAt} />
              </Text>
            )}
          </Group>
        )}
      </Stack>
    </form>
  );
}

/** Business info: who the account is, its clock and its key (SET-006 to SET-012). */
export function CompanyPage() {
  const { t } = useTranslation();
  const settings = useCompanySettings();
  const mayEdit = useMay('settings', 'edit');
  const administrator = isAdministrator(useSession().data);
  return (
    <Section title={t('settings.pages.company')} text={t('company.what')}>
      {settings.error && !settings.data ? (
        <ProblemAlert error={settings.error} onRetry={() => void settings.refetch()} />
      ) : !settings.data ? (
        <PageSkeleton rows={6} />
      ) : (
        <Stack gap="lg" maw={720}>
          <Logo settings={settings.data} mayEdit={mayEdit} />
          <CompanyForm
            settings={settings.data}
            onLoadAgain={async () => {
              const present = await settings.refetch();
              return present.isSuccess ? present.data : undefined;
            }}
          />
          {administrator && (
            <>
              <Divider />
              <AccountKey />
            </>
          )}
        </Stack>
      )}
    </Section>
  );
}
