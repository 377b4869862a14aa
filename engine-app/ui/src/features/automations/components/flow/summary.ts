import type { TFunction } from 'i18next';
import { formatMoment, formatNumber } from '@/lib/format';
import type { CardDescriptor, Setting } from '@/features/automations/api/getCatalogue';
import { isShown, type Settings } from '../form/inputs';

const LONGEST = 90;
/** Texts that say little in one line. */
const LONG_INPUTS = ['longText', 'html', 'json', 'condition', 'boolean'];

/** Units that a length of time is given in. */
const UNITS = ['minutes', 'hours', 'days', 'weeks', 'months'];

interface Span {
  amount: number;
  unit: string;
}

function isSpan(value: unknown): value is Span {
  return (
    typeof value === 'object' &&
    value !== null &&
    'amount' in value &&
    'unit' in value &&
    UNITS.includes(String(value.unit))
  );
}

/** A length of time as the reader's language says it: "1 day", "4 hours". */
function span({ amount, unit }: Span): string {
  return formatNumber(amount, { style: 'unit', unit: unit.replace(/s$/, ''), unitDisplay: 'long' });
}

/** A setting as one reads it; empty for none. */
export function said(setting: Setting, value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (isSpan(value)) return span(value);
  if (Array.isArray(value)) return value.filter((part) => typeof part !== 'object').join(', ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .filter(([, part]) => typeof part !== 'object')
      .map(([key, part]) => `${key} = ${String(part) || '–'}`)
      .join(', ');
  }
  const text = String(value as string | number | boolean);
  if (setting.input === 'dateTime') return formatMoment(text);
  return setting.options?.find((option) => option.value === text)?.label ?? text;
}

/** What a wait waits for, as a sentence (AUT-020). */
function waitText(settings: Settings, form: Setting[], t: TFunction): string {
  const { kind, amount, unit, timeOfDay } = settings;
  if (kind === 'duration' && typeof amount === 'number' && UNITS.includes(String(unit))) {
    return t('flow.waits.duration', { span: span({ amount, unit: String(unit) }) });
  }
  const rest = form
    .filter((setting) => setting.key !== 'kind' && setting.key !== 'timeOfDay' && isShown(setting, settings))
    .map((setting) => said(setting, settings[setting.key]))
    .filter(Boolean)
    .join(' · ');
  const option = form.find(({ key }) => key === 'kind')?.options?.find(({ value }) => value === kind);
  return [option?.label, rest, timeOfDay && String(timeOfDay as string)].filter(Boolean).join(' ');
}

/** The settings of a card in one line, the ones that say most first. */
export function summaryOf(
  descriptor: CardDescriptor | undefined,
  settings: Settings | undefined,
  t: TFunction,
): string {
  const form = descriptor?.fields ?? [];
  if (!settings) return '';
  const text =
    descriptor?.type === 'flow.wait'
      ? waitText(settings, form, t)
      : form
          .filter((setting) => !LONG_INPUTS.includes(setting.input) && isShown(setting, settings))
          .map((setting) => said(setting, settings[setting.key]))
          .filter(Boolean)
          .join(' · ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
