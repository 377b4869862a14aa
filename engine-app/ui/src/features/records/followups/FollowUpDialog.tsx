import { Alert, Button, Group, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOffered } from '@/api/getChoices';
import { type Field, useFields } from '@/api/getSchema';
import { type RecordData, titleOf } from '@/api/records';
import { useMayWith } from '@/api/rights';
import { FormDialog } from '@/components/FormDialog';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { timeZone } from '@/lib/format';
import { useNoteFollowUp } from './followUps';

const CLASSIFYING = ['stage', 'status', 'group', 'rating'];

interface FormProps {
  lead: RecordData;
  fields: Field[];
  onClose: () => void;
}

function Form({ lead, fields, onClose }: FormProps) {
  const { t } = useTranslation();
  const note = useNoteFollowUp(lead.id);
  const { offered, fixed } = useOffered('leads');
  const [date, setDate] = useState('');
  const [time, setTime] = useState('');
  const [comment, setComment] = useState('');
  const [changed, setChanged] = useState<Record<string, string | null>>({});
  useUnsaved({ date, time, comment, changed }, note.isPending || note.isSuccess);
  const values: Record<string, unknown> = { ...lead.values, ...changed };
  const violations = violationsOf(note.error);
  const errorOf = (key: string) => violations.find(({ field }) => field === key)?.expectation;
  const shown = [...CLASSIFYING, 'date', 'time', 'comment'];
  const unplaced = note.error !== null && !violations.some(({ field }) => shown.includes(field));

  const pick = (field: Field, next: string | null) =>
    setChanged((before) => {
      const after = { ...before, [field.key]: next };
      if (field.key !== 'stage') return after;
      // A status belongs to its stage.
      const status = fields.find(({ key }) => key === 'status');
      const kept = (after['status'] ?? lead.values['status']) as string | undefined;
      const options = status ? (offered(status, { ...lead.values, stage: next }).options ?? []) : [];
      if (kept != null && !options.includes(kept)) after['status'] = null;
      return after;
    });

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const moved = Object.fromEntries(
          Object.entries(changed).filter(([key, value]) => value !== ((lead.values[key] as string) ?? null)),
        );
        note.mutate(
          { date, time, timeZone: timeZone(), values: moved, comment },
          {
            onSuccess: (entry) => {
              toast(t(entry.nextAt ? 'followUp.planned' : 'followUp.noted'));
              onClose();
            },
          },
        );
      }}
    >
      <Stack gap="md">
        {unplaced && <ProblemAlert error={note.error} />}
        <SimpleGrid cols={2} spacing="sm">
          <TextInput
            type="date"
            label={t('followUp.date')}
            value={date}
            error={errorOf('date')}
            data-autofocus
            onChange={(event) => setDate(event.currentTarget.value)}
          />
          <TextInput
            type="time"
            label={t('followUp.time')}
            value={time}
            error={errorOf('time')}
            onChange={(event) => setTime(event.currentTarget.value)}
          />
          {fields.map((field) => {
            const narrowed = offered(field, values);
            const value = values[field.key];
            const options = narrowed.options ?? [];
            const current = typeof value === 'string' ? value : null;
            return (
              <Select
                key={field.key}
                label={field.label}
                data={current && !options.includes(current) ? [current, ...options] : options}
                value={current}
                error={errorOf(field.key)}
                clearable={field.key !== 'stage'}
                allowDeselect={field.key !== 'stage'}
                disabled={field.readOnly === true || fixed(field, lead.values)}
                searchable={options.length > 8}
                onChange={(next) => pick(field, next)}
              />
            );
          })}
        </SimpleGrid>
        <Textarea
          label={t('followUp.comment')}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={10000}
          value={comment}
          error={errorOf('comment')}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={note.isPending}>
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface Props {
  /** Undefined while it is being read. */
  lead: RecordData | undefined;
  /** What there is to see until then. */
  waiting?: ReactNode;
  onClose: () => void;
}

/** Notes a contact with a lead and plans the next one (LEAD-088 to LEAD-095). */
export function FollowUpDialog({ lead, waiting, onClose }: Props) {
  const { t } = useTranslation();
  const fields = useFields('leads');
  const mayEdit = useMayWith('leads', 'edit', lead);
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={lead ? t('followUp.title', { name: titleOf('leads', lead) }) : t('followUp.new')}
    >
      {!lead ? (
        waiting
      ) : !mayEdit ? (
        <Alert color="gray">{t('followUp.notYours')}</Alert>
      ) : fields.data ? (
        <Form
          lead={lead}
          fields={CLASSIFYING.flatMap((key) => fields.data.find((field) => field.key === key) ?? [])}
          onClose={onClose}
        />
      ) : fields.error ? (
        <ProblemAlert error={fields.error} onRetry={() => void fields.refetch()} />
      ) : (
        <PageSkeleton rows={4} />
      )}
    </FormDialog>
  );
}
