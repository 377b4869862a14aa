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
          // A long name ends with dots; the whole of it is read out and shown on hover.
          title={provider.name}
        >
          {t('signIn.with', { name: provider.name })}
        </Button>
      ))}
    </Stack>
  );
}
