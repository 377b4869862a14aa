import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The last line of a form in a dialog: what it does otherwise on the left, then cancel and the button that does it. */
export function FormFooter({
  submit,
  loading,
  disabled = false,
  onCancel,
  children,
}: {
  submit: string;
  loading: boolean;
  disabled?: boolean;
  onCancel: () => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end" gap="xs">
      {children}
      <Button variant="default" onClick={onCancel}>
        {t('common.cancel')}
      </Button>
      <Button type="submit" loading={loading} disabled={disabled}>
        {submit}
      </Button>
    </Group>
  );
}
