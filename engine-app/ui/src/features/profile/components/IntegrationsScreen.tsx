import { Alert, Badge, Button, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '@/components/AppLink';
import { Moment } from '@/components/Moment';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { type Integration, useAnswer, useConnect, useDisconnect, useIntegrations } from '../api/integrations';
import { CalendarChoice } from './CalendarChoice';
import classes from './Integrations.module.css';

/** A provider: whether an account is connected there, and what can be done about it. */
function Line({
  integration,
  busy,
  onConnect,
  onDisconnect,
}: {
  integration: Integration;
  busy: boolean;
  onConnect: () => void;
  onDisconnect: () => void;
}) {
  const { t } = useTranslation();
  const { account, label, ready, calendars } = integration;
  const again = account?.state === 'connect-again';
  return (
    <li className={classes.item}>
      <div className={classes.what}>
        <Text fw={600}>{label}</Text>
        <Text size="sm" c="dimmed">
          {account ? (
            <>
              {account.name} · {t('integrations.since')} <Moment at={account.connectedAt} />
            </>
          ) : !ready ? (
            t('integrations.notReady')
          ) : (
            t(calendars ? 'integrations.forCalendars' : 'integrations.forMeetings')
          )}
        </Text>
      </div>
      {account && (
        <Badge variant="dot" color={again ? 'orange' : 'green'}>
          {t(again ? 'integrations.again' : 'integrations.connected')}
        </Badge>
      )}
      {(!account || again) && (
        <Button
          variant={again ? 'filled' : 'default'}
          loading={busy}
          disabled={!ready}
          aria-label={t('integrations.connectOf', { label })}
          onClick={onConnect}
        >
          {t(again ? 'integrations.connectAgain' : 'integrations.connect')}
        </Button>
      )}
      {account && (
        <Button
          variant="subtle"
          color="red"
          aria-label={t('integrations.disconnectOf', { label })}
          onClick={onDisconnect}
        >
          {t('integrations.disconnect')}
        </Button>
      )}
    </li>
  );
}

/** Takes what a provider sent the browser back with to the server, once. */
function useReturn() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { code, state, error } = useSearch({ from: '/shell/profile/integrations' });
  const answer = useAnswer();
  const handed = useRef(false);
  const { mutate } = answer;
  useEffect(() => {
    if (handed.current || !state || (!code && !error)) return;
    handed.current = true;
    // The code must not stay in the address.
    void navigate({ to: '/profile/integrations', search: {}, replace: true });
    mutate(
      { state, code, error },
      { onSuccess: ({ label }) => toast(t('integrations.nowConnected', { label })) },
    );
  }, [code, state, error, mutate, navigate, t]);
  return answer;
}

/** The own accounts at other providers, and the calendars in them (SET-044 to SET-047). */
export function IntegrationsScreen() {
  const { t } = useTranslation();
  const integrations = useIntegrations();
  const connect = useConnect();
  const disconnect = useDisconnect();
  const answer = useReturn();
  const [leaving, setLeaving] = useState<Integration | null>(null);
  return (
    <Page
      title={t('integrations.title')}
      actions={
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={14} />}
          renderRoot={(props) => <AppLink {...props} href="/profile" />}
        >
          {t('profile.title')}
        </Button>
      }
    >
      <Stack gap={32} maw={760} mt="sm">
        <section aria-label={t('integrations.accounts')}>
          <Title order={2}>{t('integrations.accounts')}</Title>
          <Text size="sm" c="dimmed" maw={560}>
            {t('integrations.accountsText')}
          </Text>
          {(answer.error ?? connect.error) && <ProblemAlert mt="sm" error={answer.error ?? connect.error} />}
          {answer.isPending && (
            <Alert mt="sm" variant="light" role="status">
              {t('integrations.connecting')}
            </Alert>
          )}
          {integrations.error && !integrations.data ? (
            <ProblemAlert mt="sm" error={integrations.error} onRetry={() => void integrations.refetch()} />
          ) : !integrations.data ? (
            <PageSkeleton rows={3} />
          ) : (
            <ul className={classes.list}>
              {integrations.data.map((integration) => (
                <Line
                  key={integration.provider}
                  integration={integration}
                  busy={
                    (connect.isPending || connect.isSuccess) && connect.variables === integration.provider
                  }
                  onConnect={() => {
                    answer.reset();
                    connect.mutate(integration.provider, {
                      onSuccess: ({ address }) => window.location.assign(address),
                    });
                  }}
                  onDisconnect={() => setLeaving(integration)}
                />
              ))}
            </ul>
          )}
        </section>
        <CalendarChoice />
      </Stack>
      <RemovalDialog
        what={leaving?.provider ?? null}
        removal={disconnect}
        title={t('integrations.disconnectTitle', { label: leaving?.label ?? '' })}
        confirm={t('integrations.disconnect')}
        onClose={() => setLeaving(null)}
      >
        {t(leaving?.calendars ? 'integrations.disconnectText' : 'integrations.disconnectMeetings')}{' '}
        {leaving?.provider === 'microsoft'
          ? t('integrations.consentStays')
          : t('integrations.consentGoes', { label: leaving?.label ?? '' })}
      </RemovalDialog>
    </Page>
  );
}
