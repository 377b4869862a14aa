import { Alert, Anchor, Button, Group, List, Modal, Select, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Choice, ChoiceKind } from '@/api/getChoices';
import { AppLink } from '@/components/AppLink';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useDeleteChoice, useUsage } from './choices';

const ENTITIES = ['leads', 'listLeads', 'contacts', 'accounts'] as const;

/** Shows what uses a choice before it is deleted, and asks what takes its place. */
export function DeleteChoice({
  kind,
  choice,
  onClose,
}: {
  kind: ChoiceKind;
  choice: Choice;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const usage = useUsage(choice);
  const remove = useDeleteChoice(kind);
  const [replacement, setReplacement] = useState<string | null>(null);
  const used = usage.data;

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('leadSettings.deleteTitle', { name: choice.label })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        {usage.error && <ProblemAlert error={usage.error} onRetry={() => void usage.refetch()} />}
        {usage.isPending && <PageSkeleton rows={2} />}
        {used && !used.deletable && <Text size="sm">{t('leadSettings.lastActive')}</Text>}
        {used?.deletable && !used.used && <Text size="sm">{t('leadSettings.unused')}</Text>}
        {used?.deletable && used.used && (
          <>
            <Alert
              color="yellow"
              variant="light"
              icon={<IconAlertTriangle size={18} />}
              title={t('leadSettings.usedBy', { name: choice.label })}
            >
              <List size="sm">
                {ENTITIES.filter((entity) => (used.records[entity] ?? 0) > 0).map((entity) => (
                  <List.Item key={entity}>
                    {t(`leadSettings.used.${entity}`, { count: used.records[entity] ?? 0 })}
                  </List.Item>
                ))}
                {used.statuses.length > 0 && (
                  <List.Item>
                    {t('leadSettings.used.statuses', {
                      names: used.statuses.map(({ label }) => label).join(', '),
                    })}
                  </List.Item>
                )}
                {used.uses.map((use) => (
                  <List.Item key={`${use.kind} ${use.id}`}>
                    {t(
                      use.kind === 'lead-integration'
                        ? 'leadSettings.used.integration'
                        : 'leadSettings.used.automation',
                    )}{' '}
                    <Anchor
                      size="sm"
                      underline="always"
                      renderRoot={(props) => (
                        <AppLink
                          {...props}
                          href={
                            use.kind === 'lead-integration'
                              ? `/settings/lead-integrations?integration=${use.id}`
                              : `/automations/${use.id}`
                          }
                        />
                      )}
                    >
                      {use.name}
                    </Anchor>
                  </List.Item>
                ))}
              </List>
            </Alert>
            <Select
              label={t('leadSettings.replacement')}
              description={t('leadSettings.replacementText', { name: choice.label })}
              data={used.replacements.map(({ id, label }) => ({ value: String(id), label }))}
              value={replacement}
              onChange={setReplacement}
              searchable={used.replacements.length > 8}
              nothingFoundMessage={t('leadSettings.noReplacement')}
              disabled={used.replacements.length === 0}
              error={used.replacements.length === 0 ? t('leadSettings.noReplacement') : undefined}
              required
            />
          </>
        )}
        {remove.error && <ProblemAlert error={remove.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          {used?.deletable && (
            <Button
              color="red"
              loading={remove.isPending}
              disabled={used.used && replacement === null}
              onClick={() =>
                remove.mutate(
                  {
                    id: choice.id,
                    replacement: replacement === null ? undefined : Number(replacement),
                  },
                  {
                    onSuccess: () => {
                      toast(t('leadSettings.deleted', { name: choice.label }));
                      onClose();
                    },
                    // Something may use it since it was shown.
                    onError: () => void usage.refetch(),
                  },
                )
              }
            >
              {t('common.delete')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
