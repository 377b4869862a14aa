import { ActionIcon, Group } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Button {
  label: string;
  run: () => void;
}

/** What one can do with a row of a settings page: its own buttons first, then edit and delete. */
export function RowButtons({
  edit,
  remove,
  children,
}: {
  edit?: Button | undefined;
  remove?: Button | undefined;
  children?: ReactNode;
}) {
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {children}
      {edit && (
        <ActionIcon aria-label={edit.label} onClick={edit.run}>
          <IconPencil size={16} />
        </ActionIcon>
      )}
      {remove && (
        <ActionIcon aria-label={remove.label} onClick={remove.run}>
          <IconTrash size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}
