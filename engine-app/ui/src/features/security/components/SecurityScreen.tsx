import { Box, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/Page';
import { DevicesSection } from './DevicesSection';
import { PasswordSection } from './PasswordSection';
import { SecondFactorSection } from './SecondFactorSection';
import { SessionsSection } from './SessionsSection';

function Part({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <Box component="section" aria-label={title}>
      <Title order={2}>{title}</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {text}
      </Text>
      {children}
    </Box>
  );
}

/** Profile > Security: the own password and sign-ins. */
export function SecurityScreen() {
  const { t } = useTranslation();
  return (
    <Page title={t('security.title')}>
      <Stack gap={32} maw={760} mt="sm">
        <Part title={t('security.password')} text={t('security.passwordText')}>
          <PasswordSection />
        </Part>
        <Part title={t('secondFactor.title')} text={t('secondFactor.what')}>
          <SecondFactorSection />
        </Part>
        <Part title={t('security.sessions')} text={t('security.sessionsText')}>
          <SessionsSection />
        </Part>
        <Part title={t('security.devices')} text={t('security.devicesText')}>
          <DevicesSection />
        </Part>
      </Stack>
    </Page>
  );
}
