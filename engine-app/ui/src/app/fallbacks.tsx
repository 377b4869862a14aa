import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AppLink } from '@/components/AppLink';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';

export function PendingScreen() {
  return <PageSkeleton />;
}

export function ErrorScreen({ error }: ErrorComponentProps) {
  const router = useRouter();
  return <ProblemAlert error={error} onRetry={() => void router.invalidate()} m="md" />;
}

export function MissingScreen() {
  const { t } = useTranslation();
  return (
    <Center mih="60vh" p="md">
      <Stack align="center" gap="xs">
        <Title order={1}>{t('missing.title')}</Title>
        <Text c="dimmed">{t('missing.text')}</Text>
        <Button renderRoot={(props) => <AppLink href="/" {...props} />}>{t('missing.home')}</Button>
      </Stack>
    </Center>
  );
}
