import { Badge, Button, Code, CopyButton, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/rights';
import { DataTable } from '@/components/DataTable';
import { FormDialog } from '@/components/FormDialog';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, ProblemAlert } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import {
  type CalendarProvider,
  useCalendarProviders,
  useRemoveCalendarProvider,
  useSetCalendarProvider,
} from '../api/calendarProviders';
import { FormFooter } from './FormFooter';
import { Section } from './Section';

function ProviderForm({
  provider,
  back,
  onDone,
}: {
  provider: CalendarProvider;
  back: string;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const save = useSetCalendarProvider();
  const [clientId, setClientId] = useState(provider.clientId ?? '');
  const [clientSecret, setClientSecret] = useState('');
  useUnsaved({ clientId, clientSecret }, save.isPending || save.isSuccess);
  const { errorOf, elsewhere } = fieldErrors(save.error, ['clientId', 'clientSecret']);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(
          { provider: provider.provider, clientId: clientId.trim(), clientSecret, version: provider.version },
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
        {elsewhere && <ProblemAlert error={save.error} />}
        <Text size="sm">{t('settings.calendarProviders.how', { label: provider.label })}</Text>
        <Group gap="xs" wrap="nowrap">
          <Code style={{ overflowWrap: 'anywhere' }}>{back}</Code>
          <CopyButton value={back}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="default" onClick={copy}>
                {t(copied ? 'settings.calendarProviders.copied' : 'settings.calendarProviders.copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
        <TextInput
          label={t('settings.calendarProviders.clientId')}
          description={
            provider.accounts > 0
              ? t('settings.calendarProviders.otherClient', { count: provider.accounts })
              : undefined
          }
          value={clientId}
          error={errorOf('clientId')}
          required
          autoComplete="off"
          data-autofocus
          onChange={(event) => setClientId(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('settings.calendarProviders.clientSecret')}
          description={provider.secretSet ? t('settings.calendarProviders.secretKept') : undefined}
          value={clientSecret}
          error={errorOf('clientSecret')}
          required={!provider.secretSet}
          autoComplete="new-password"
          onChange={(event) => setClientSecret(event.currentTarget.value)}
        />
        <FormFooter
          submit={t('common.save')}
          loading={save.isPending}
          disabled={clientId.trim() === ''}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}

/** The applications by which people connect their accounts (SET-044). */
export function CalendarProvidersPage() {
  const { t } = useTranslation();
  const providers = useCalendarProviders();
  const remove = useRemoveCalendarProvider();
  const mayEdit = useMay('settings', 'edit');
  const [edited, setEdited] = useState<CalendarProvider | null>(null);
  const [gone, setGone] = useState<CalendarProvider | null>(null);
  return (
    <Section title={t('settings.pages.calendarProviders')} text={t('settings.about.calendarProviders')}>
      {providers.error && !providers.data ? (
        <ProblemAlert error={providers.error} onRetry={() => void providers.refetch()} />
      ) : !providers.data ? (
        <PageSkeleton rows={3} />
      ) : (
        <DataTable
          label={t('settings.pages.calendarProviders')}
          items={providers.data.items}
          rowKey={(provider) => provider.provider}
          columns={[
            { key: 'label', label: t('settings.calendarProviders.provider'), cell: (one) => one.label },
            {
              key: 'state',
              label: t('settings.calendarProviders.state'),
              width: 150,
              cell: (one) => (
                <Badge variant="dot" color={one.clientId ? 'green' : 'gray'}>
                  {t(
                    one.clientId ? 'settings.calendarProviders.ready' : 'settings.calendarProviders.missing',
                  )}
                </Badge>
              ),
            },
            {
              key: 'client',
              label: t('settings.calendarProviders.clientId'),
              cell: (one) => one.clientId ?? '–',
            },
            {
              key: 'actions',
              label: '',
              width: 220,
              cell: (one) =>
                mayEdit && (
                  <Group gap={4} wrap="nowrap" justify="flex-end">
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={t('settings.calendarProviders.setUpOf', { label: one.label })}
                      onClick={() => setEdited(one)}
                    >
                      {t(one.clientId ? 'common.edit' : 'settings.calendarProviders.setUp')}
                    </Button>
                    {one.clientId && (
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        color="red"
                        aria-label={t('settings.calendarProviders.removeOf', { label: one.label })}
                        onClick={() => setGone(one)}
                      >
                        {t('common.remove')}
                      </Button>
                    )}
                  </Group>
                ),
            },
          ]}
        />
      )}
      <FormDialog
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={t('settings.calendarProviders.title', { label: edited?.label ?? '' })}
      >
        {edited && (
          <ProviderForm
            provider={edited}
            back={providers.data?.redirect ?? ''}
            onDone={() => setEdited(null)}
          />
        )}
      </FormDialog>
      <RemovalDialog
        what={gone?.provider ?? null}
        removal={remove}
        title={t('settings.calendarProviders.removeTitle', { label: gone?.label ?? '' })}
        confirm={t('common.remove')}
        onClose={() => setGone(null)}
      >
        {t('settings.calendarProviders.removeText', { count: gone?.accounts ?? 0 })}
      </RemovalDialog>
    </Section>
  );
}
