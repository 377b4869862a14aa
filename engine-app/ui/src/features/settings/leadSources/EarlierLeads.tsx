import { Alert, Button, Group, Paper, Progress, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/components/Moment';
import { fieldErrors, ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { formatNumber } from '@/lib/format';
import { type Integration, useCancelEarlier, useFetchEarlier } from './api';

/** Meta keeps leads for so many days. */
const MOST_DAYS = 90;
const DAY = 86_400_000;
const day = (back: number) => new Date(Date.now() - back * DAY).toISOString().slice(0, 10);

/** How far the fetching is, or what became of it. */
function Standing({ one }: { one: NonNullable<Integration['earlier']> }) {
  const { t } = useTranslation();
  const runs = one.state === 'running';
  const forms = one.forms ?? 0;
  return (
    <Stack gap={4} aria-live="polite">
      <Text size="sm">
        {t(`leadSources.earlier.states.${one.state as 'running' | 'done' | 'cancelled' | 'failed'}`)}
        {': '}
        {t('leadSources.earlier.counts', {
          found: formatNumber(one.found),
          taken: formatNumber(one.taken),
        })}
        {one.endedAt && (
          <>
            {' · '}
            <Moment at={one.endedAt} />
          </>
        )}
      </Text>
      {runs && (
        <>
          <Progress
            value={forms === 0 ? 0 : (one.form / forms) * 100}
            animated
            aria-label={t('leadSources.earlier.title')}
          />
          <Text size="xs" c="dimmed">
            {one.forms == null
              ? t('leadSources.earlier.looking')
              : t('leadSources.earlier.forms', { form: one.form, count: forms })}
          </Text>
        </>
      )}
      {one.problem && (
        <Alert color={runs ? 'yellow' : 'red'} variant="light" icon={<IconAlertTriangle size={18} />}>
          {one.problem}
        </Alert>
      )}
    </Stack>
  );
}

/** Fetches the leads of Meta from before an integration was set up (LEAD-128). */
export function EarlierLeads({ one }: { one: Integration }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const fetching = useFetchEarlier(one.id);
  const cancel = useCancelEarlier(one.id);
  const [since, setSince] = useState(() => day(MOST_DAYS - 1));
  const { errorOf, elsewhere } = fieldErrors(fetching.error, ['since']);
  const runs = one.earlier?.state === 'running';
  const ready = one.active && one.pageTokenSet;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <div>
          <Title order={3} size="h5">
            {t('leadSources.earlier.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('leadSources.earlier.text')}
          </Text>
        </div>
        {elsewhere && <ProblemAlert error={fetching.error} />}
        {one.earlier && <Standing one={one.earlier} />}
        {runs ? (
          <Group>
            <Button
              variant="default"
              loading={cancel.isPending}
              onClick={() =>
                cancel.mutate(undefined, {
                  onSuccess: () => toast(t('leadSources.earlier.cancelled')),
                  onError: (error) => toast(problemText(error), { kind: 'bad' }),
                })
              }
            >
              {t('common.cancel')}
            </Button>
          </Group>
        ) : (
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              fetching.mutate(since);
            }}
          >
            <Group align="end" gap="xs">
              <TextInput
                type="date"
                label={t('leadSources.earlier.since')}
                description={ready ? undefined : t('leadSources.earlier.notReady')}
                value={since}
                min={day(MOST_DAYS)}
                max={day(0)}
                disabled={!ready}
                error={errorOf('since')}
                onChange={(event) => setSince(event.currentTarget.value)}
              />
              <Button
                type="submit"
                variant="default"
                leftSection={<IconHistory size={14} />}
                loading={fetching.isPending}
                disabled={!ready || since === ''}
              >
                {t('leadSources.earlier.fetch')}
              </Button>
            </Group>
          </form>
        )}
      </Stack>
    </Paper>
  );
}
