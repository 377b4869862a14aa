import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Field } from '@/api/getSchema';
import { startI18n } from '@/lib/i18n';
import { json, serve, showPage, stubBrowser } from '@/test/app';
import { Facts } from './Facts';

const STAGE = {
  key: 'stage',
  label: 'Stage',
  type: 'dropdown',
  system: true,
  options: ['Lead', 'Prospect', 'Customer'],
} as Field;
const LEAD = { id: 7, version: 1, values: { stage: 'Lead' } };

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
afterEach(cleanup);

describe('the stage of a lead', { timeout: 20_000 }, () => {
  it('keeps what was said about its change when somebody else changed it meanwhile', async () => {
    let tries = 0;
    const calls = serve(({ method, path }) => {
      if (path === '/schema/lead-settings') {
        return json({ stageComments: true, stageMandatory: false, stageQuickAdd: true, stageImport: true });
      }
      if (method !== 'PATCH') return undefined;
      tries += 1;
      const current = { id: 7, version: 2, values: { stage: 'Customer' } };
      return tries === 1
        ? json({ title: 'Conflict', status: 409, current }, 409)
        : json({ id: 7, version: 3, values: { stage: 'Prospect' } });
    });
    const { client } = showPage(() => (
      <Facts entity="leads" record={LEAD} fields={[STAGE]} keyFacts={['stage']} />
    ));
    // Whether comments are asked for is known.
    await waitFor(() => expect(client.getQueryData(['schema', 'lead-settings'])).toBeDefined());
    fireEvent.click(await screen.findByRole('button', { name: 'Change Stage' }));
    const input = screen.getByRole('combobox', { name: 'Stage' });
    // A lead is always in a stage.
    expect(input.parentElement?.querySelector('button')).toBeNull();
    fireEvent.click(input);
    fireEvent.click(await screen.findByRole('option', { name: 'Prospect', hidden: true }));
    fireEvent.change(await screen.findByRole('textbox'), { target: { value: 'Asked for a price' } });
    fireEvent.click(screen.getByRole('button', { name: 'Change stage' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Use mine' }));
    await waitFor(() => expect(tries).toBe(2));
    const sent = calls.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
    expect(sent).toEqual([
      { version: 1, values: { stage: 'Prospect' }, comment: 'Asked for a price' },
      { version: 2, values: { stage: 'Prospect' }, comment: 'Asked for a price' },
    ]);
  });
});
