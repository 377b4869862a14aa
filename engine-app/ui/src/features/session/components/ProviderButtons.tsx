import { Button, Divider, Stack } from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { providerAddress, useProviders } from '../api/providers';

/** One button for each provider of single sign-on; nothing where there is none. */
export function ProviderButtons({ next }: { next: string | undefined }) {
  const { t } = useTranslation();
  const providers = useProviders().data ?? [];
  if (providers.length === 0) return null;
  return (
    <Stack gap="xs" mt="md">
      <Divider label={t('signIn.or')} labelPosition="center" />
      {providers.map((provider) => (
        <Button
          key={provider.id}
          component="a"
          href={providerAddress(provider.id, next)}
          variant="default"
          size="sm"
          fullWidth
          leftSection={<IconLogin2 size={16} stroke={1.6} />}
          // A long name takes a second line.
          h="auto"
          py={8}
          styles={{ label: { whiteSpace: 'normal', height: 'auto', lineHeight: 1.4 } }}
        >
          {t('signIn.with', { name: provider.name })}
        </Button>
      ))}
    </Stack>
  );
}
