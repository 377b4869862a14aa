import { Code, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The values that conditions looked at. */
export function SeenValues({ seen }: { seen: Record<string, unknown> | null | undefined }) {
  const { t } = useTranslation();
  const entries = Object.entries(seen ?? {});
  if (entries.length === 0) return null;
  return (
    <Group gap={4} mt={2}>
      {entries.map(([source, value]) => (
        <Code key={source} fz="xs">
          {source} ={' '}
          {value == null || value === ''
            ? t('record.emptyValue')
            : typeof value === 'object'
              ? JSON.stringify(value)
              : String(value)}
        </Code>
      ))}
    </Group>
  );
}
