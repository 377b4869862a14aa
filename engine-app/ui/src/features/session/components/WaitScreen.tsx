import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AppLink } from '@/components/AppLink';
import { providerAddress } from '../api/providers';
import { DoorFrame } from './DoorFrame';

/** What the server shows in the place of a sign-in with a provider, when too many were begun from one address. */
export function WaitScreen() {
  const { t } = useTranslation();
  const { provider } = useParams({ from: '/oauth2/authorization/$provider' });
  const { next } = useSearch({ from: '/oauth2/authorization/$provider' });
  return (
    <DoorFrame>
      <Stack gap="sm">
        <Title order={2}>{t('signIn.tooMany')}</Title>
        <Text size="sm" role="alert">
          {t('signIn.tooManyText')}
        </Text>
        <Button component="a" href={providerAddress(provider, next)} size="sm" fullWidth>
          {t('common.retry')}
        </Button>
        <Anchor
          size="sm"
          ta="center"
          renderRoot={(props) => (
            <AppLink {...props} href={`/sign-in${next ? `?next=${encodeURIComponent(next)}` : ''}`} />
          )}
        >
          {t('forgotten.back')}
        </Anchor>
      </Stack>
    </DoorFrame>
  );
}
