import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeRecord } from '@/api/changeRecord';
import { useLeadSettings, useOffered } from '@/api/getChoices';
import type { Field } from '@/api/getSchema';
import { type Entity, type RecordData, recordSchema } from '@/api/records';
import { FieldInput } from '@/components/fields/FieldInput';
import { FieldValue, isEmpty } from '@/components/fields/FieldValue';
import { useProblemText, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { Problem } from '@/lib/http';
import { type Conflict, ConflictDialog } from './ConflictDialog';
import classes from './Facts.module.css';
import { StageComment } from './StageComment';

/** The title and what stands beside it show these. */
const HIDDEN = ['name', 'starred', 'flag', 'incomplete'];

interface Props {
  entity: Entity;
  record: RecordData;
  fields: Field[];
  /** Shown even when empty; the others only when they have a value or all are asked for. */
  keyFacts: string[];
  /** Whether the others wait until all are asked for, also those that have a value. */
  only?: boolean;
  /** Whether nothing can be changed. */
  fixed?: boolean;
}

function same(one: unknown, other: unknown): boolean {
  return (one ?? null) === (other ?? null) || JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

/** The values of a record; click one to change it, leave it to save it. */
export function Facts({ entity, record, fields, keyFacts, only = false, fixed = false }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const change = useChangeRecord(entity, record.id);
  const [editing, setEditing] = useState<string | null>(null);
  const [draft, setDraft] = useState<unknown>(null);
  // What the reader saw when the edit began: the record may be read again while they type.
  const [base, setBase] = useState({ value: null as unknown, version: record.version });
  const [refused, setRefused] = useState<string | undefined>();
  const [all, setAll] = useState(false);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const { offered, fixed: fixedFor } = useOffered(entity);
  const comments = useLeadSettings(entity === 'leads').data?.stageComments ?? false;
  const [moving, setMoving] = useState<{ field: Field; value: unknown } | null>(null);

  const save = (
    field: Field,
    value: unknown,
    before: unknown,
    version: number,
    undoable = true,
    comment = '',
  ) => {
    change.mutate(
      { version, values: { [field.key]: value }, ...(comment && { comment }) },
      {
        onSuccess: (saved) => {
          setConflict(null);
          toast(t('record.saved', { field: field.label }), {
            action: undoable
              ? {
                  label: t('common.undo'),
                  run: () => save(field, before ?? null, value, saved.version, false),
                }
              : undefined,
          });
        },
        onError: (error) => {
          if (error instanceof Problem && error.status === 409) {
            const current = recordSchema.safeParse(error.body['current']);
            if (current.success) {
              // Something else of the record changed, perhaps by an automation: this value is still ours to change.
              if (same(current.data.values[field.key], before)) {
                save(field, value, before, current.data.version, undoable, comment);
              } else {
                setConflict({ field, yours: value, current: current.data, comment });
              }
              return;
            }
          }
          const violation = violationsOf(error)[0];
          setRefused(violation?.expectation ?? problemText(error));
          setDraft(value);
          setEditing(field.key);
        },
      },
    );
  };

  const finish = (field: Field, value: unknown) => {
    const before = base.value;
    setEditing(null);
    setRefused(undefined);
    if (same(value, before)) return;
    if (comments && field.key === 'stage') setMoving({ field, value });
    else save(field, value ?? null, before, base.version);
  };

  // A lead is always in a stage.
  const inputFor = (field: Field): Field => {
    const shown = offered(field, record.values);
    return entity === 'leads' && field.key === 'stage' ? { ...shown, mandatory: true } : shown;
  };

  const ordered = [
    ...keyFacts
      .map((key) => fields.find((field) => field.key === key))
      .filter((field) => field !== undefined),
    ...fields.filter((field) => !keyFacts.includes(field.key) && !HIDDEN.includes(field.key)),
  ];
  const shown = ordered.filter(
    (field) => all || keyFacts.includes(field.key) || (!only && !isEmpty(record.values[field.key])),
  );

  return (
    <div>
      <dl className={classes.facts}>
        {shown.map((field) => {
          const value = record.values[field.key];
          const linked = ['email', 'phone', 'url', 'recordLink'].includes(field.type) && !isEmpty(value);
          return (
            <div key={field.key} className={classes.fact}>
              <dt className={classes.label}>{field.label}</dt>
              <dd className={classes.value}>
                {editing === field.key ? (
                  // Escape leaves the value as it was.
                  // eslint-disable-next-line jsx-a11y/no-static-element-interactions
                  <div
                    onKeyDown={(event) => {
                      if (event.key === 'Escape') {
                        setEditing(null);
                        setRefused(undefined);
                      }
                      if (event.key === 'Enter' && field.type !== 'longText' && field.type !== 'dropdown') {
                        finish(field, draft);
                      }
                    }}
                  >
                    <FieldInput
                      field={inputFor(field)}
                      ariaLabel={field.label}
                      value={draft}
                      beside={record.values}
                      error={refused}
                      autoFocus
                      onChange={setDraft}
                      onDone={(final) => finish(field, final)}
                    />
                  </div>
                ) : field.readOnly || fixed || fixedFor(field, record.values) ? (
                  <span className={classes.fixed}>
                    {isEmpty(value) ? (
                      <span className={classes.none}>–</span>
                    ) : (
                      <FieldValue field={field} value={value} />
                    )}
                  </span>
                ) : (
                  <span className={classes.editable}>
                    {linked && (
                      <span className={classes.linked}>
                        <FieldValue field={field} value={value} />
                      </span>
                    )}
                    <button
                      type="button"
                      className={classes.edit}
                      data-beside={linked || undefined}
                      aria-label={t('record.edit', { field: field.label })}
                      onClick={() => {
                        setDraft(value ?? null);
                        setBase({ value: value ?? null, version: record.version });
                        setRefused(undefined);
                        setEditing(field.key);
                      }}
                    >
                      {linked ? (
                        t('common.edit')
                      ) : isEmpty(value) ? (
                        <span className={classes.none}>–</span>
                      ) : (
                        <FieldValue field={field} value={value} />
                      )}
                    </button>
                  </span>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      {ordered.length > shown.length || all ? (
        <Button
          variant="subtle"
          mt="xs"
          ml={-14}
          onClick={() => setAll((before) => !before)}
          aria-expanded={all}
        >
          {t(all ? 'record.fewerFields' : 'record.allFields')}
        </Button>
      ) : (
        <Text size="xs" />
      )}
      {moving && (
        <StageComment
          from={String(base.value ?? '–')}
          to={String(moving.value ?? '–')}
          onClose={() => setMoving(null)}
          onSave={(comment) => {
            setMoving(null);
            save(moving.field, moving.value, base.value, base.version, true, comment);
          }}
        />
      )}
      <ConflictDialog
        conflict={conflict}
        busy={change.isPending}
        onKeepTheirs={() => setConflict(null)}
        onUseMine={() => {
          if (conflict) {
            const { field, yours, current, comment } = conflict;
            save(field, yours, current.values[field.key], current.version, true, comment);
          }
        }}
      />
    </div>
  );
}
