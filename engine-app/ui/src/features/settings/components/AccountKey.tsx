import { Button, Code, CopyButton, Group, Stack, Text, Title } from '@mantine/core';
import { IconEye, IconEyeOff, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { useAccountKey, useAskForAccountKey } from '../api/company';

const MASK = '•'.repeat(24);

/** The one key of the account: masked until somebody asks for it (SET-008, SET-009). */
export function AccountKey() {
  const { t } = useTranslation();
  const facts = useAccountKey();
  const show = useAskForAccountKey('show');
  const renew = useAskForAccountKey('renew');
  const problemText = useProblemText();
  const [key, setKey] = useState<string | null>(null);
  const [renewing, setRenewing] = useState<boolean | null>(null);
  return (
    <Stack component="section" gap="xs" aria-label={t('accountKey.title')}>
      <div>
        <Title order={3}>{t('accountKey.title')}</Title>
        <Text size="sm" c="dimmed">
          {t('accountKey.what')}
        </Text>
      </div>
      {facts.error ? (
        <ProblemAlert error={facts.error} onRetry={() => void facts.refetch()} />
      ) : facts.isPending ? (
        <PageSkeleton rows={1} />
      ) : (
        <>
          <Group gap="xs">
            <Code
              fz="sm"
              style={{ overflowWrap: 'anywhere', flex: '1 1 260px', lineHeight: '24px' }}
              aria-label={key ? undefined : t('accountKey.masked')}
            >
              {key ?? MASK}
            </Code>
            {key && (
              <CopyButton value={key}>
                {({ copied, copy }) => (
                  <Button variant="default" onClick={copy}>
                    {t(copied ? 'common.copied' : 'common.copy')}
                  </Button>
                )}
              </CopyButton>
            )}
            <Button
              variant="default"
              leftSection={key ? <IconEyeOff size={14} /> : <IconEye size={14} />}
              loading={show.isPending}
              onClick={() => {
                if (key) {
                  setKey(null);
                  return;
                }
                show.mutate(undefined, {
                  onSuccess: (answer) => setKey(answer.key),
                  onError: (error) => toast(problemText(error), { kind: 'bad' }),
                });
              }}
            >
              {t(key ? 'accountKey.hide' : 'accountKey.show')}
            </Button>
            <Button
              variant="subtle"
              color="red"
              leftSection={<IconRefresh size={14} />}
              onClick={() => setRenewing(true)}
            >
              {t('accountKey.renew')}
            </Button>
          </Group>
          <Text size="xs" c="dimmed">
            <Trans
              i18nKey="accountKey.how"
              values={{ header: facts.data?.header ?? '' }}
              components={{ code: <Code fz="xs" /> }}
            />
          </Text>
          <Text size="xs" c="dimmed">
            {facts.data?.lastUsedAt ? (
              <>
                {t('accountKey.lastUsed')} <Moment at={facts.data.lastUsedAt} />
              </>
            ) : (
              t('accountKey.neverUsed')
            )}
          </Text>
        </>
      )}
      <RemovalDialog
        what={renewing}
        removal={{
          isPending: renew.isPending,
          mutate: (_, then) =>
            renew.mutate(undefined, {
              onSuccess: (answer) => {
                setKey(answer.key);
                toast(t('accountKey.renewed'));
                then.onSuccess();
              },
              onError: then.onError,
            }),
        }}
        title={t('accountKey.renewTitle')}
        confirm={t('accountKey.renew')}
        onClose={() => setRenewing(null)}
      >
        {t('accountKey.renewText')}
      </RemovalDialog>
    </Stack>
  );
}
