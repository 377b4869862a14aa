import type { Field } from '@/api/getSchema';
import type { ImportJob, Target } from '../api/imports';

/** The choices for a column beside the fields. */
export const LEAVE_OUT = '-';
export const NEW_FIELD = '+';

/** What the server suggests for each column: a field by its name, or nothing. */
export function suggested(job: ImportJob): string[] {
  return (job.columns ?? []).map((column) => column.field ?? (column.create ? NEW_FIELD : LEAVE_OUT));
}

export function targets(choices: string[]): Target[] {
  return choices.map((choice) =>
    choice === NEW_FIELD ? { create: true } : choice === LEAVE_OUT ? {} : { field: choice },
  );
}

const COMPARED = ['text', 'email', 'phone', 'url'];

/** The fields that a row can find its record by: texts that searches know and a column goes to. */
export function matchable(fields: Field[], choices: string[]): Field[] {
  return fields.filter(
    (field) => COMPARED.includes(field.type) && field.filterable !== false && choices.includes(field.key),
  );
}

/** What tells records apart best among the fields that columns go to. */
export function usualMatch(fields: Field[], choices: string[]): string | null {
  const possible = matchable(fields, choices).map((field) => field.key);
  return ['email', 'website', 'name', 'phone'].find((key) => possible.includes(key)) ?? null;
}

/** A value of a field in few words; money as amount and currency, several choices side by side. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object') {
    const { amount, currency } = value as { amount?: unknown; currency?: unknown };
    return amount === undefined ? JSON.stringify(value) : `${String(amount)} ${String(currency)}`;
  }
  return String(value);
}
