import { Box, Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** What a page shows while it loads. */
export function PageSkeleton({ rows = 8 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <Box p="md" role="status" aria-label={t('common.loading')}>
      <Skeleton h={24} w={200} mb="md" />
      <Stack gap="xs">
        {Array.from({ length: rows }, (_, index) => (
          <Skeleton key={index} h={32} />
        ))}
      </Stack>
    </Box>
  );
}
