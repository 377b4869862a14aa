import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { ProblemAlert } from '@/components/ProblemAlert';
import { formatNumber } from '@/lib/format';
import { type ImportJob, useUndoImport } from '../api/imports';

type Changed = 'keep' | 'trash';

function Question({ job, onClose }: { job: ImportJob; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const undo = useUndoImport(job.id);
  const [changed, setChanged] = useState<Changed>('keep');
  const name = t('imports.undoName', { name: job.name ?? t('imports.number', { id: job.id }) });
  return (
    <Stack gap="md">
      <Text size="sm">
        {t('imports.undoText', {
          created: formatNumber(job.created ?? 0),
          updated: formatNumber(job.updated ?? 0),
        })}
      </Text>
      <Radio.Group
        label={t('imports.undoChanged')}
        value={changed}
        onChange={(value) => setChanged(value === 'trash' ? 'trash' : 'keep')}
      >
        <Stack gap={6} mt={4}>
          <Radio value="keep" label={t('imports.undoKeep')} description={t('imports.undoKeepText')} />
          <Radio value="trash" label={t('imports.undoTrash')} description={t('imports.undoTrashText')} />
        </Stack>
      </Radio.Group>
      {undo.error && <ProblemAlert error={undo.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button
          color="red"
          loading={undo.isPending}
          onClick={() =>
            undo.mutate(
              { changed, name },
              { onSuccess: (made) => void navigate({ href: `/jobs/${made.id}` }) },
            )
          }
        >
          {t('imports.undo')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Takes a whole import back, or leads to where it is or was taken back. */
export function TakeBack({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const mayChange = useMay('imports', 'create');
  const [asking, setAsking] = useState(false);
  return (
    <>
      {job.undoable && mayChange && (
        <Button variant="default" leftSection={<IconArrowBackUp size={14} />} onClick={() => setAsking(true)}>
          {t('imports.undo')}
        </Button>
      )}
      {job.undoId != null && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={14} />}
          renderRoot={(props) => <AppLink {...props} href={`/jobs/${job.undoId}`} />}
        >
          {t('imports.undoShow')}
        </Button>
      )}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('imports.undoTitle', { name: job.name ?? t('imports.number', { id: job.id }) })}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Question job={job} onClose={() => setAsking(false)} />
      </Modal>
    </>
  );
}
