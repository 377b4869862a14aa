import { Alert, Anchor, Group, Text } from '@mantine/core';
import { IconProgressAlert } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordData } from '@/api/records';
import { AppLink } from '@/components/AppLink';

/** Says that a lead came in without all that the form asks for, and leads there (LEAD-217). */
export function Incomplete({ lead, fixed }: { lead: RecordData; fixed: boolean }) {
  const { t } = useTranslation();
  if (lead.values['incomplete'] !== true) return null;
  return (
    <Alert color="yellow" variant="light" p="xs" mb="xs" icon={<IconProgressAlert size={18} />}>
      <Group gap="sm">
        <Text size="sm">{t('leadForm.incomplete')}</Text>
        {!fixed && (
          <Anchor size="sm" renderRoot={(props) => <AppLink {...props} href={`/leads/${lead.id}/form`} />}>
            {t('leadForm.complete')}
          </Anchor>
        )}
      </Group>
    </Alert>
  );
}
