import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Chosen, hasEnded, useOrderBulk } from '@/api/bulkActions';
import type { Entity } from '@/api/records';
import { ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';

/** What has to be typed, in every language. */
const WORD = 'DELETE';

interface Props {
  entity: Exclude<Entity, 'activities'>;
  /** The ids of the chosen records; none to erase all that match. */
  ids: number[];
  /** What the trash is narrowed to. */
  filter: string | undefined;
  onClose: () => void;
  onDone: () => void;
}

/** Asks for a word before records are erased for good (LEAD-112, ENG-222). */
export function EraseDialog({ entity, ids, filter, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const router = useRouter();
  const erase = useOrderBulk(entity);
  const [which, setWhich] = useState(ids.length > 0 ? 'chosen' : 'all');
  const [word, setWord] = useState('');
  const kind = entity === 'notes' ? t('record.notes') : t(`nav.${entity}`);
  const all = t(filter ? 'trash.allFound' : 'trash.allOf', { kind });
  const what = which === 'chosen' ? t('trash.chosen', { count: ids.length }) : all;
  const run = () => {
    const chosen: Chosen = which === 'chosen' ? { ids } : { filter: filter ?? '' };
    const order = {
      operation: 'erase',
      name: `${t('bulk.offer.erase')} · ${what}`.slice(0, 200),
      settings: { confirm: word },
    } as const;
    void erase.mutateAsync({ chosen, order }).then(
      (job) => {
        onClose();
        onDone();
        const show = { label: t('bulk.show'), run: () => void router.navigate({ href: `/jobs/${job.id}` }) };
        if (!hasEnded(job)) toast(t('bulk.runs', { name: job.name }), { action: show });
        else if (job.failed > 0)
          toast(t('bulk.partly', { done: job.succeeded, failed: job.failed }), { kind: 'bad', action: show });
        else toast(t('bulk.done.erase', { count: job.succeeded }));
      },
      // The dialog shows why.
      () => undefined,
    );
  };
  return (
    <Modal
      opened
      onClose={() => {
        if (!erase.isPending) onClose();
      }}
      title={t('trash.eraseTitle', { what })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (word === WORD) run();
        }}
      >
        <Stack gap="md">
          {ids.length > 0 && (
            <Radio.Group label={t('trash.which')} value={which} onChange={setWhich}>
              <Stack gap={4} mt={4}>
                <Radio size="sm" value="chosen" label={t('trash.chosen', { count: ids.length })} />
                <Radio size="sm" value="all" label={all} />
              </Stack>
            </Radio.Group>
          )}
          <Text size="sm">{t('trash.eraseText')}</Text>
          {erase.error && <ProblemAlert error={erase.error} />}
          <TextInput
            label={t('trash.typeWord', { word: WORD })}
            value={word}
            onChange={(event) => setWord(event.currentTarget.value)}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            data-autofocus
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={erase.isPending}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" color="red" loading={erase.isPending} disabled={word !== WORD}>
              {t('bulk.confirm.erase')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
