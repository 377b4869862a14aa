import { ActionIcon, Anchor, Text } from '@mantine/core';
import { IconFile, IconFileTypePdf, IconPhoto, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '@/api/getUsers';
import type { Entity } from '@/api/records';
import { Moment } from '@/components/Moment';
import { RemovalDialog } from '@/components/RemovalDialog';
import { formatBytes } from '@/lib/format';
import { addressOf, type FileData, useRemoveFile } from './files';
import classes from './Files.module.css';

interface Props {
  entity: Entity;
  id: number;
  files: FileData[];
  /** Whether they can only be opened. */
  fixed: boolean;
  /** Without who and when, beneath what says it already. */
  brief?: boolean;
}

/** Files by name: a picture opens, others are saved. */
export function FileList({ entity, id, files, fixed, brief = false }: Props) {
  const { t } = useTranslation();
  const remove = useRemoveFile(entity, id);
  const users = useUsers().data;
  const [removing, setRemoving] = useState<FileData | null>(null);
  return (
    <>
      <ul className={classes.files}>
        {files.map((file) => {
          const Icon = file.picture
            ? IconPhoto
            : file.mediaType === 'application/pdf'
              ? IconFileTypePdf
              : IconFile;
          const by = users?.find((user) => user.id === file.createdBy)?.name;
          return (
            <li key={file.id} className={classes.file}>
              <Icon size={16} aria-hidden />
              <div className={classes.name}>
                <Anchor
                  size="sm"
                  href={addressOf(file)}
                  {...(file.picture
                    ? { target: '_blank', rel: 'noopener noreferrer' }
                    : { download: file.name })}
                >
                  {file.name}
                </Anchor>
                <Text size="xs" c="dimmed">
                  {formatBytes(file.bytes)}
                  {!brief && (
                    <>
                      {by && ` · ${by}`} · <Moment at={file.createdAt} />
                    </>
                  )}
                </Text>
              </div>
              {!fixed && (
                <ActionIcon
                  size="sm"
                  aria-label={t('files.remove', { name: file.name })}
                  onClick={() => setRemoving(file)}
                >
                  <IconX size={14} />
                </ActionIcon>
              )}
            </li>
          );
        })}
      </ul>
      <RemovalDialog
        what={removing}
        removal={remove}
        title={t('files.removeTitle')}
        confirm={t('common.remove')}
        onClose={() => setRemoving(null)}
      >
        {t('files.removeText', { name: removing?.name ?? '' })}
      </RemovalDialog>
    </>
  );
}
