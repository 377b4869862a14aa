import { Alert, Button, Collapse, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type BulkAction,
  type Chosen,
  hasEnded,
  type Operation,
  useOrderBulk,
  useUndoBulk,
} from '@/api/bulkActions';
import type { Entity } from '@/api/records';
import { FormDialog, Unsaved } from '@/components/FormDialog';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { formatNumber, fromLocalInput } from '@/lib/format';
import { BulkForm, type BulkSettings } from './BulkForm';

interface Props {
  entity: Entity;
  operation: Operation;
  chosen: Chosen;
  count: number;
  onClose: () => void;
  onDone: () => void;
}

const MODES = ['at-once', 'scheduled', 'batches'] as const;
type Mode = (typeof MODES)[number];

/** Asks what exactly is to be done to many records, shows to how many, and orders it. */
export function BulkDialog({ entity, operation, chosen, count, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const router = useRouter();
  const order = useOrderBulk(entity);
  const undo = useUndoBulk();
  const what = t(`bulk.count.${entity as 'leads'}`, { count, number: formatNumber(count) });
  const [settings, setSettings] = useState<BulkSettings | null>(operation === 'delete' ? {} : null);
  const [name, setName] = useState(`${t(`bulk.offer.${operation}`)} · ${what}`);
  const [mode, setMode] = useState<Mode>('at-once');
  const [at, setAt] = useState('');
  const [size, setSize] = useState<number | string>(500);
  const [minutes, setMinutes] = useState<number | string>(60);
  const [paced, setPaced] = useState(false);
  // Nothing has to be named or spread over time then.
  const one = 'ids' in chosen && chosen.ids.length === 1;

  // Whoever goes elsewhere meanwhile is told all the same what became of it.
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const fail = (error: unknown) => toast(problemText(error), { kind: 'bad' });

  const show = (job: BulkAction) => ({
    label: t('bulk.show'),
    run: () => void router.navigate({ href: `/jobs/${job.id}` }),
  });
  const tell = (job: BulkAction) => {
    if (!hasEnded(job)) {
      toast(t(job.nextAt ? 'bulk.waits' : 'bulk.runs', { name: job.name }), { action: show(job) });
    } else if (job.failed > 0 || job.problem) {
      const partly = t('bulk.partly', { done: job.succeeded, failed: job.failed });
      toast(job.problem ? `${job.problem}. ${partly}` : partly, { kind: 'bad', action: show(job) });
    } else {
      const back = {
        label: t('bulk.undo'),
        run: () =>
          void undo
            .mutateAsync({ id: job.id, name: t('jobs.undoName', { name: job.name }) })
            .then((made) => toast(t('bulk.undoing', { name: job.name }), { action: show(made) }), fail),
      };
      toast(t(`bulk.done.${operation}`, { count: job.succeeded }), {
        action: job.undoable ? back : show(job),
      });
    }
  };

  const begin = mode === 'scheduled' ? fromLocalInput(at) : undefined;
  const paces = mode !== 'batches' || (Number(size) >= 1 && Number(minutes) >= 1);
  const ready = settings !== null && name.trim() !== '' && begin !== null && paces;
  const run = () => {
    if (!settings) return;
    const wanted = {
      operation,
      name: name.trim(),
      settings,
      scheduledAt: begin ?? undefined,
      batchSize: mode === 'batches' ? Number(size) : undefined,
      batchMinutes: mode === 'batches' ? Number(minutes) : undefined,
    };
    void order.mutateAsync({ chosen, order: wanted }).then(
      (job) => {
        onClose();
        onDone();
        tell(job);
      },
      (error: unknown) => {
        if (!here.current) fail(error);
      },
    );
  };

  return (
    <FormDialog
      opened
      // It is on its way: closing would look as if it were not.
      onClose={() => {
        if (!order.isPending) onClose();
      }}
      title={t(`bulk.title.${operation}`, { what })}
      size={operation === 'send-email' ? 'lg' : 'md'}
    >
      <Unsaved values={{ settings, name, mode, at, size, minutes }} settled={order.isPending} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) run();
        }}
      >
        <Stack gap="md">
          <BulkForm entity={entity} operation={operation} count={count} onChange={setSettings} />
          {!one && (
            <TextInput
              label={t('bulk.name')}
              description={t('bulk.nameText')}
              value={name}
              maxLength={200}
              onChange={(event) => setName(event.currentTarget.value)}
              required
            />
          )}
          {one ? null : !paced ? (
            <Button
              variant="subtle"
              size="compact-sm"
              style={{ alignSelf: 'start' }}
              onClick={() => setPaced(true)}
            >
              {t('bulk.pace')}
            </Button>
          ) : (
            <Stack gap="xs">
              <Select
                label={t('bulk.mode')}
                data={MODES.map((value) => ({ value, label: t(`bulk.modes.${value}`) }))}
                value={mode}
                allowDeselect={false}
                onChange={(next) => setMode(MODES.find((one) => one === next) ?? 'at-once')}
              />
              <Collapse expanded={mode === 'scheduled'}>
                <TextInput
                  type="datetime-local"
                  label={t('bulk.at')}
                  value={at}
                  error={at !== '' && begin === null ? t('bulk.atUnreadable') : undefined}
                  onChange={(event) => setAt(event.currentTarget.value)}
                />
              </Collapse>
              <Collapse expanded={mode === 'batches'}>
                <Group grow gap="xs">
                  <NumberInput label={t('bulk.batchSize')} min={1} value={size} onChange={setSize} />
                  <NumberInput label={t('bulk.batchMinutes')} min={1} value={minutes} onChange={setMinutes} />
                </Group>
              </Collapse>
            </Stack>
          )}
          {'filter' in chosen && <Alert p="xs">{t('bulk.allText', { what })}</Alert>}
          {order.error && <ProblemAlert error={order.error} />}
          <Group justify="space-between" gap="xs">
            <Text size="sm" c="dimmed">
              {what}
            </Text>
            <Button
              type="submit"
              disabled={!ready}
              loading={order.isPending}
              color={operation === 'delete' ? 'red' : 'loom'}
            >
              {t(`bulk.confirm.${operation}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </FormDialog>
  );
}
