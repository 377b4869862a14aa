import { Select } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeRecord } from '@/api/changeRecord';
import { useChoices, useLeadSettings, useOffered } from '@/api/getChoices';
import type { Field } from '@/api/getSchema';
import { type RecordData, recordSchema, text } from '@/api/records';
import { useProblemText } from '@/components/ProblemAlert';
import { StageComment } from '@/components/record/StageComment';
import { toast } from '@/components/toasts';
import { Problem } from '@/lib/http';
import classes from './StageFlow.module.css';

interface Props {
  lead: RecordData;
  fields: Field[];
  /** Whether nothing can be changed. */
  fixed: boolean;
}

/** The stages in their order with the one of the lead marked; a click sets another one (LEAD-118). */
export function StageFlow({ lead, fields, fixed }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const stages = useChoices('stage').data;
  const comments = useLeadSettings().data?.stageComments ?? false;
  const change = useChangeRecord('leads', lead.id);
  const { offered, fixed: fixedFor } = useOffered('leads');
  const [moving, setMoving] = useState<string | null>(null);
  const flow = useRef<HTMLOListElement>(null);
  const stage = text(lead, 'stage');
  const status = text(lead, 'status');

  useEffect(() => {
    const list = flow.current;
    const current = list?.querySelector<HTMLElement>('[aria-current]');
    // Only the flow itself moves, not the page.
    if (list && current) {
      list.scrollLeft = current.offsetLeft - list.offsetLeft - (list.clientWidth - current.offsetWidth) / 2;
    }
  }, [stage, stages]);

  const stageField = fields.find((field) => field.key === 'stage');
  const statusField = fields.find((field) => field.key === 'status');
  if (!stageField || !stages) return null;
  const shown = stages.filter((choice) => choice.active || choice.label === stage);
  const at = shown.findIndex((choice) => choice.label === stage);
  const options = statusField ? (offered(statusField, lead.values).options ?? []) : [];

  const save = (
    field: Field,
    value: string | null,
    before: string | null,
    version: number,
    undoable: boolean,
    comment = '',
    also: Record<string, string> = {},
  ) =>
    change.mutate(
      { version, values: { [field.key]: value, ...also }, ...(comment && { comment }) },
      {
        onSuccess: (saved) =>
          toast(t('record.saved', { field: field.label }), {
            action: undoable
              ? {
                  label: t('common.undo'),
                  // A stage that goes takes its status along, and brings it back.
                  run: () =>
                    save(
                      field,
                      before,
                      value,
                      saved.version,
                      false,
                      '',
                      field.key === 'stage' && status ? { status } : {},
                    ),
                }
              : undefined,
          }),
        onError: (error) => {
          if (error instanceof Problem && error.status === 409) {
            const current = recordSchema.safeParse(error.body['current']);
            // Something else of the lead changed meanwhile: this is still ours to change.
            if (current.success && (current.data.values[field.key] ?? null) === before) {
              save(field, value, before, current.data.version, undoable, comment, also);
              return;
            }
          }
          toast(problemText(error), { kind: 'bad' });
        },
      },
    );

  const choose = (label: string) => {
    if (label === stage || change.isPending) return;
    if (comments) setMoving(label);
    else save(stageField, label, stage || null, lead.version, true);
  };

  return (
    <div className={classes.line}>
      <ol ref={flow} className={classes.flow} aria-label={t('lead.stages')}>
        {shown.map((choice, index) => (
          <li key={choice.id} className={classes.step}>
            <button
              type="button"
              className={classes.stage}
              aria-current={index === at ? 'step' : undefined}
              data-passed={index < at || undefined}
              disabled={fixed || stageField.readOnly === true}
              onClick={() => choose(choice.label)}
            >
              {choice.colour && (
                <span className={classes.mark} style={{ background: choice.colour }} aria-hidden />
              )}
              {choice.label}
            </button>
          </li>
        ))}
      </ol>
      {statusField && (options.length > 0 || status !== '') && (
        <Select
          className={classes.status}
          size="xs"
          aria-label={statusField.label}
          placeholder={statusField.label}
          data={status && !options.includes(status) ? [status, ...options] : options}
          value={status || null}
          disabled={
            fixed || statusField.readOnly === true || change.isPending || fixedFor(statusField, lead.values)
          }
          onChange={(next) => save(statusField, next, status || null, lead.version, true)}
          clearable
        />
      )}
      {moving && (
        <StageComment
          from={stage || '–'}
          to={moving}
          onClose={() => setMoving(null)}
          onSave={(comment) => {
            setMoving(null);
            save(stageField, moving, stage || null, lead.version, true, comment);
          }}
        />
      )}
    </div>
  );
}
