import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { type Call, json, serve, showPage, stubBrowser } from '@/test/app';
import { NewLeadScreen } from './LeadFormScreen';

const field = (key: string, label: string, type = 'text', more: object = {}) => ({
  id: 1,
  key,
  label,
  type,
  system: true,
  ...more,
});
const input = (key: string, entity: string, name: string, shown: string, mandatory: boolean) => ({
  key,
  entity,
  field: name,
  shown,
  mandatory,
  readOnly: false,
});
const ANSWERS: Record<string, unknown> = {
  '/leads/form': {
    inputs: [
      input('leadName', 'lead', 'leadName', 'always', true),
      input('account', 'lead', 'account', 'no-new-company', true),
      input('companyName', 'account', 'name', 'no-company', true),
      input('contact', 'lead', 'contact', 'no-new-contact', true),
      input('lastName', 'contact', 'lastName', 'new-contact', true),
    ],
  },
  '/schema/lead': [
    field('leadName', 'Lead name'),
    field('account', 'Account', 'recordLink', { link: 'account' }),
    field('contact', 'Contact', 'recordLink', { link: 'contact' }),
  ],
  '/schema/account': [field('name', 'Name')],
  '/schema/contact': [field('lastName', 'Last name')],
};

let calls: Call[];

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  calls = serve(({ method, path }) => {
    if (method === 'POST') {
      return json(
        {
          title: 'Invalid',
          status: 422,
          violations: [
            { field: 'companyName', value: 'Acme', expectation: 'one that no company here has yet' },
            { field: 'lastName', value: null, expectation: 'a value' },
          ],
        },
        422,
      );
    }
    return ANSWERS[path] === undefined ? undefined : json(ANSWERS[path]);
  });
});
afterEach(cleanup);

const box = (name: string | RegExp) => screen.findByRole<HTMLInputElement>('textbox', { name });

describe('the complete form of a lead', { timeout: 20_000 }, () => {
  it('LEAD-171 LEAD-172 LEAD-188 shows what the ticks ask for and sends nothing that is hidden', async () => {
    showPage(NewLeadScreen, '/leads/new');
    expect(await screen.findByRole('combobox', { name: /Existing company/ })).toBeTruthy();
    expect(await box(/Company name/)).toBeTruthy();
    fireEvent.click(screen.getByLabelText('New company'));
    expect(screen.queryByRole('combobox', { name: /Existing company/ })).toBeNull();
    fireEvent.click(screen.getByLabelText('New contact'));
    expect(screen.queryByRole('combobox', { name: /Existing contact/ })).toBeNull();
    fireEvent.change(await box(/Last name/), { target: { value: 'Lee' } });
    fireEvent.click(screen.getByLabelText('New contact'));
    fireEvent.change(await box(/^Name/), { target: { value: 'Laptops' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(calls.some(({ method }) => method === 'POST')).toBe(true));
    expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
      values: { leadName: 'Laptops', newCompany: true },
    });
  });

  it('LEAD-205 says beside the inputs what is wrong, goes to the first and keeps what was typed', async () => {
    showPage(NewLeadScreen, '/leads/new');
    const company = await box(/Company name/);
    fireEvent.click(screen.getByLabelText('New contact'));
    fireEvent.change(company, { target: { value: 'Acme' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('one that no company here has yet');
    await screen.findByText('Fill this in');
    await screen.findByText(/2 inputs need your attention/);
    await waitFor(() => expect(document.activeElement).toBe(company));
    expect(company.value).toBe('Acme');
    fireEvent.change(company, { target: { value: 'Acme 2' } });
    expect(screen.queryByText('one that no company here has yet')).toBeNull();
  });

  it('LEAD-205 says what is wrong with what has no input beside what is wrong with the others', async () => {
    calls = serve(({ method, path }) =>
      method === 'POST'
        ? json(
            {
              title: 'Invalid',
              status: 422,
              violations: [
                { field: 'companyName', value: null, expectation: 'a value' },
                { field: 'segment', value: null, expectation: 'a value of Segment' },
              ],
            },
            422,
          )
        : ANSWERS[path] === undefined
          ? undefined
          : json(ANSWERS[path]),
    );
    showPage(NewLeadScreen, '/leads/new');
    await box(/Company name/);
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Fill this in');
    await screen.findByText(/a value of Segment/);
  });

  it('sends an entry whose answer was lost again as the same entry', async () => {
    let tries = 0;
    calls = serve(({ method, path }) => {
      if (method !== 'POST') return ANSWERS[path] === undefined ? undefined : json(ANSWERS[path]);
      tries++;
      if (tries === 1) throw new TypeError('the line is dead');
      return tries === 2
        ? json(
            {
              title: 'The repetition cannot be answered',
              status: 409,
              violations: [{ field: 'Idempotency-Key', value: 'x', expectation: 'ask again later' }],
            },
            409,
          )
        : json({ id: 7, version: 1, values: { leadName: 'Laptops' } }, 201);
    });
    showPage(NewLeadScreen, '/leads/new');
    fireEvent.change(await box(/^Name/), { target: { value: 'Laptops' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(tries).toBe(1));
    await screen.findByRole('alert');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(tries).toBe(3), { timeout: 5_000 });
    const keys = calls
      .filter(({ method }) => method === 'POST')
      .map(({ headers }) => headers['Idempotency-Key']);
    expect(new Set(keys).size).toBe(1);
  });

  it('LEAD-187 keeps what was typed of a new contact and which one was chosen when the tick changes', async () => {
    showPage(NewLeadScreen, '/leads/new');
    await box(/Company name/);
    fireEvent.click(screen.getByLabelText('New contact'));
    fireEvent.change(await box(/Last name/), { target: { value: 'Lee' } });
    fireEvent.click(screen.getByLabelText('New contact'));
    fireEvent.click(screen.getByLabelText('New contact'));
    expect((await box(/Last name/)).value).toBe('Lee');
  });
});
