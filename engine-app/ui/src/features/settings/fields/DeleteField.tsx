import { Alert, Anchor, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Field } from '@/api/getSchema';
import type { Entity } from '@/api/records';
import { AppLink } from '@/components/AppLink';
import { ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useDeleteField, usesOf, useValueCount } from '../api/fields';

/** Asks before a field and its values are deleted, and once more when something uses it. */
export function DeleteField({
  entity,
  field,
  onClose,
}: {
  entity: Entity;
  field: Field;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const remove = useDeleteField(entity);
  const values = useValueCount(entity, field.key);
  const uses = usesOf(violationsOf(remove.error));
  // What uses it is not asked about again once it was to go all the same: then the reason counts why it cannot.
  const kept = remove.variables?.force === true;
  const inUse = uses.length > 0 && !kept;

  const go = (force: boolean) =>
    remove.mutate(
      { key: field.key, confirm: values.data?.count ?? 0, force },
      {
        onSuccess: () => {
          toast(t('settings.fields.deleted', { name: field.label }));
          onClose();
        },
        // Records may have got a value meanwhile: the next try confirms the new number.
        onError: () => void values.refetch(),
      },
    );

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('settings.fields.deleteTitle', { name: field.label })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack>
        {values.error && <ProblemAlert error={values.error} onRetry={() => void values.refetch()} />}
        {values.data !== undefined && (values.data.count > 0 || !values.data.listLeads) && (
          <Text size="sm">
            {values.data.count === 0
              ? t('settings.fields.deleteNoValues')
              : t('settings.fields.deleteValues', { count: values.data.count })}
          </Text>
        )}
        {(values.data?.listLeads ?? 0) > 0 && (
          <Text size="sm">{t('settings.fields.deleteListed', { count: values.data?.listLeads ?? 0 })}</Text>
        )}
        {inUse ? (
          <Alert
            color="red"
            variant="light"
            role="alert"
            icon={<IconAlertTriangle size={18} />}
            title={t('settings.fields.inUse', { name: field.label })}
          >
            <List size="sm" mb="xs">
              {uses.map((use) => (
                <List.Item key={use.key}>
                  {use.href === undefined ? (
                    use.name
                  ) : (
                    <Anchor
                      size="sm"
                      underline="always"
                      renderRoot={(props) => <AppLink {...props} href={use.href ?? ''} />}
                    >
                      {use.name}
                    </Anchor>
                  )}
                </List.Item>
              ))}
            </List>
            <Text size="sm">{t('settings.fields.inUseText')}</Text>
          </Alert>
        ) : (
          remove.error && <ProblemAlert error={remove.error} />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            color="red"
            loading={remove.isPending || values.isPending}
            disabled={values.data === undefined || (kept && remove.isError)}
            onClick={() => go(inUse)}
          >
            {t(inUse ? 'settings.fields.force' : 'common.delete')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
