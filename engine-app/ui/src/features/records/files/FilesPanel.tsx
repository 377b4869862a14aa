import { ActionIcon, FileButton, Progress, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entity } from '@/api/records';
import { ProblemAlert, useProblemText, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { Nothing, Panel } from '../components/Panel';
import { LONGEST, useFiles, useUploadFile } from './files';
import classes from './Files.module.css';
import { FileList } from './FileList';

/** Says why a file was not taken. */
export function useFileProblem() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  return (name: string, error?: unknown) => {
    const expected = violationsOf(error)[0]?.expectation;
    const why =
      error === undefined
        ? t('files.tooLarge')
        : expected
          ? t('files.expected', { expected })
          : problemText(error);
    toast(t('files.refused', { name, why }), { kind: 'bad' });
  };
}

/** The files of a record: uploaded by a button or by dropping them here (LEAD-122). */
export function FilesPanel({ entity, id, fixed }: { entity: Entity; id: number; fixed: boolean }) {
  const { t } = useTranslation();
  const files = useFiles(entity, id);
  const upload = useUploadFile(entity, id);
  const problem = useFileProblem();
  const forget = useRef<() => void>(null);
  const [sent, setSent] = useState<{ name: string; part: number } | null>(null);
  const [over, setOver] = useState(false);
  const own = files.data?.filter((file) => file.note == null) ?? [];

  const take = async (chosen: File[]) => {
    for (const file of chosen) {
      if (file.size > LONGEST) {
        problem(file.name);
        continue;
      }
      setSent({ name: file.name, part: 0 });
      try {
        await upload.mutateAsync({ file, onSent: (part) => setSent({ name: file.name, part }) });
      } catch (error) {
        problem(file.name, error);
      }
    }
    setSent(null);
  };

  return (
    <Panel
      title={t('files.title')}
      action={
        !fixed && (
          <FileButton
            multiple
            resetRef={forget}
            inputProps={{ 'aria-label': t('files.add') }}
            onChange={(chosen) => {
              forget.current?.();
              void take(chosen);
            }}
          >
            {(props) => (
              <ActionIcon {...props} aria-label={t('files.add')} loading={sent !== null}>
                <IconUpload size={16} />
              </ActionIcon>
            )}
          </FileButton>
        )
      }
    >
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          if (fixed || !event.dataTransfer.types.includes('Files')) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          setOver(false);
          if (fixed) return;
          event.preventDefault();
          void take([...event.dataTransfer.files]);
        }}
      >
        {files.error ? (
          <ProblemAlert error={files.error} onRetry={() => void files.refetch()} />
        ) : files.isPending ? (
          <Nothing>{t('common.loading')}</Nothing>
        ) : own.length === 0 && !sent ? (
          <Nothing>{t(fixed ? 'files.none' : 'files.empty')}</Nothing>
        ) : (
          <FileList entity={entity} id={id} files={own} fixed={fixed} />
        )}
        {sent && (
          <div role="status">
            <Text size="xs" c="dimmed" mt={4}>
              {t('files.sending', { name: sent.name })}
            </Text>
            <Progress
              value={sent.part * 100}
              size="sm"
              mt={4}
              aria-label={t('files.sending', { name: sent.name })}
            />
          </div>
        )}
      </div>
    </Panel>
  );
}
