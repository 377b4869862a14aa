import { Anchor, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Field } from '@/api/getSchema';
import type { Entity } from '@/api/records';
import { AppLink } from '@/components/AppLink';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useChangeField, useFieldUses } from '../api/fields';

/** Says what goes on with a field before it is taken from forms, lists and filters (LEAD-129). */
export function DisableField({
  entity,
  field,
  onClose,
}: {
  entity: Entity;
  field: Field;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const change = useChangeField(entity);
  const uses = useFieldUses(entity, field.key);
  const nameOf = (use: { kind: string; name: string }) =>
    use.kind === 'own-smart-list' ? t('settings.fields.ownLists', { count: Number(use.name) }) : use.name;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('settings.fields.disableTitle', { name: field.label })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack>
        <Text size="sm">{t('settings.fields.disableText')}</Text>
        {uses.error ? (
          <ProblemAlert error={uses.error} onRetry={() => void uses.refetch()} />
        ) : uses.isPending ? (
          <PageSkeleton rows={2} />
        ) : uses.data.length === 0 ? (
          <Text size="sm">{t('settings.fields.goesOnNothing')}</Text>
        ) : (
          <div>
            <Text size="sm" fw={600} mb={4}>
              {t('settings.fields.goesOn')}
            </Text>
            <List size="sm">
              {uses.data.map((use) => (
                <List.Item key={use.key}>
                  {use.href === undefined ? (
                    nameOf(use)
                  ) : (
                    <Anchor
                      size="sm"
                      underline="always"
                      renderRoot={(props) => <AppLink {...props} href={use.href ?? ''} />}
                    >
                      {nameOf(use)}
                    </Anchor>
                  )}
                </List.Item>
              ))}
            </List>
          </div>
        )}
        {change.error && <ProblemAlert error={change.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            loading={change.isPending}
            disabled={!uses.data}
            onClick={() =>
              change.mutate(
                { field, change: { disabled: true } },
                {
                  onSuccess: () => {
                    toast(t('settings.fields.disabledNow', { name: field.label }));
                    onClose();
                  },
                },
              )
            }
          >
            {t('settings.fields.disable')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
