import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Automation } from '../api/getAutomation';

interface Props {
  automation: Automation;
  mayCheck: boolean;
  checking: boolean;
  onCheck: () => void;
}

/** Why Leadloom paused an automation, and how it goes on. */
export function IncidentAlert({ automation, mayCheck, checking, onCheck }: Props) {
  const { t } = useTranslation();
  if (!automation.incident) return null;
  const paused = automation.state === 'paused';
  return (
    <Alert
      mt="sm"
      color="red"
      variant="light"
      role="alert"
      icon={<IconAlertTriangle size={18} />}
      title={t(paused ? 'incident.paused' : 'incident.broken')}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {automation.incident}
      </Text>
      <Group gap="sm" mt={4}>
        <Text size="sm" flex={1} miw={220}>
          {t(paused ? 'incident.pausedText' : 'incident.brokenText')}
        </Text>
        {mayCheck && (
          <Button variant="default" loading={checking} onClick={onCheck}>
            {t('incident.where')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
