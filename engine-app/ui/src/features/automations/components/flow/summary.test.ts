import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import type { CardDescriptor } from '@/features/automations/api/getCatalogue';
import { summaryOf } from './summary';

const t = ((key: string, values?: { span?: string }) =>
  `${key}${values?.span ? ` ${values.span}` : ''}`) as TFunction;

const wait: CardDescriptor = {
  type: 'flow.wait',
  label: 'Wait',
  fields: [
    {
      key: 'kind',
      label: 'Until',
      input: 'select',
      options: [{ value: 'timeOfDay', label: 'Until a time of day' }],
    },
    { key: 'time', label: 'At', input: 'time', when: { kind: ['timeOfDay'] } },
    { key: 'weekdays', label: 'On', input: 'weekdays', when: { kind: ['timeOfDay'] } },
  ],
};
const mail: CardDescriptor = {
  type: 'email.send',
  label: 'Send e-mail',
  fields: [
    { key: 'to', label: 'To', input: 'text' },
    { key: 'subject', label: 'Subject', input: 'text' },
    { key: 'text', label: 'Text', input: 'longText' },
    { key: 'dueIn', label: 'Due', input: 'duration' },
    { key: 'values', label: 'Values', input: 'fieldValues' },
  ],
};

describe('summary of a card', () => {
  it('says how long a wait is', () => {
    const say = (amount: number, unit: string) => summaryOf(wait, { kind: 'duration', amount, unit }, t);
    expect(say(1, 'days')).toBe('flow.waits.duration 1 day');
    expect(say(4, 'hours')).toBe('flow.waits.duration 4 hours');
    expect(say(4, 'parsecs')).toBe('');
  });

  it('says until when', () => {
    expect(summaryOf(wait, { kind: 'timeOfDay', time: '09:00', weekdays: ['monday', 'friday'] }, t)).toBe(
      'Until a time of day 09:00 · monday, friday',
    );
  });

  it('puts what is set in one line and leaves long texts out', () => {
    expect(
      summaryOf(
        mail,
        {
          to: 'lead',
          subject: 'Hi',
          text: 'Dear lead',
          dueIn: { amount: 2, unit: 'weeks' },
          values: { city: 'Pune', zip: '' },
        },
        t,
      ),
    ).toBe('lead · Hi · 2 weeks · city = Pune, zip = –');
    expect(summaryOf(mail, { subject: 'x'.repeat(200) }, t)).toHaveLength(90);
    expect(summaryOf(undefined, { subject: 'Hi' }, t)).toBe('');
  });
});
