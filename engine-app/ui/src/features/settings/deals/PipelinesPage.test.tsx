import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { broken, type Call, json, serve, showPage, stubBrowser } from '@/test/app';
import { PipelinesPage } from './PipelinesPage';
import { StatusesPage } from './StatusesPage';

const stage = (id: number, name: string) => ({ id, name, funnel: true, pie: true });
const SALES = {
  id: 1,
  name: 'Sales',
  funnel: true,
  pie: true,
  version: 4,
  stages: [stage(1, 'New'), stage(2, 'Registered'), stage(3, 'Paid')],
};

const USES = [{ kind: 'automation', id: 12, name: 'Welcome to the fair' }];

let calls: Call[];
let live: number;
let refuse: boolean;

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  live = 2;
  refuse = false;
  calls = serve(({ method, path }) => {
    if (path === '/schema/pipelines') return json({ items: [SALES] });
    if (path === '/schema/pipelines/1/usage') {
      if (live < 0) return broken();
      return json({ stages: { 1: 0, 2: live + 1, 3: 0 }, live: { 1: 0, 2: live, 3: 0 }, uses: USES });
    }
    if (path === '/schema/pipelines/1' && method === 'PUT') {
      if (!refuse) return json(SALES);
      live = 3;
      return json({ title: 'A stage that is deleted holds opportunities', status: 409 }, 409);
    }
    if (path === '/schema/opportunity-settings') return json({ allowDuplicates: true });
    if (path === '/schema/opportunity-statuses') {
      return json({
        items: [
          { id: 1, name: 'Disqualified', kind: 'disqualified', delivered: true },
          { id: 1000, name: 'Not relevant', kind: 'disqualified', delivered: false },
        ],
      });
    }
    if (path === '/schema/opportunity-statuses/1000/usage') return json({ opportunities: 7, uses: USES });
    return undefined;
  });
});
afterEach(cleanup);

const put = () => calls.findLast(({ method }) => method === 'PUT');
const removeRegistered = async () => {
  showPage(PipelinesPage);
  fireEvent.click(await screen.findByRole('button', { name: 'Change Sales' }));
  const dialog = await screen.findByRole('dialog');
  await waitFor(() => expect(calls.some(({ path }) => path.endsWith('/usage'))).toBe(true));
  fireEvent.click(within(dialog).getByRole('button', { name: 'Delete Registered' }));
  const choice = await within(dialog).findByLabelText(/3 opportunities have Registered/);
  const save = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Save' });
  expect(save.disabled).toBe(true);
  const named = await within(dialog).findByRole('link', { name: 'Welcome to the fair' });
  expect(named.getAttribute('href')).toContain('/automations/12');
  return { dialog, choice, save };
};

describe('a stage that is deleted', { timeout: 20_000 }, () => {
  it('asks for the stage that its opportunities move to, and does nothing before Save', async () => {
    const { choice, save } = await removeRegistered();
    fireEvent.change(choice, { target: { value: '3' } });
    expect(put()).toBeUndefined();
    fireEvent.click(save);
    await waitFor(() => expect(put()?.body['moves']).toEqual({ 2: 3 }));
    expect(put()?.body['deletes']).toEqual({});
  });

  it('takes them along to the trash only with the word for their number', async () => {
    const { dialog, choice, save } = await removeRegistered();
    fireEvent.change(choice, { target: { value: 'delete' } });
    expect(save.disabled).toBe(true);
    fireEvent.click(within(dialog).getByLabelText('Yes, move 2 opportunities to the trash'));
    fireEvent.click(save);
    await waitFor(() => expect(put()?.body['deletes']).toEqual({ 2: 2 }));
    expect(put()?.body['moves']).toEqual({});
  });

  it('asks for the word again when there are others by then', async () => {
    const { dialog, choice, save } = await removeRegistered();
    fireEvent.change(choice, { target: { value: 'delete' } });
    fireEvent.click(within(dialog).getByLabelText('Yes, move 2 opportunities to the trash'));
    refuse = true;
    fireEvent.click(save);
    const again = await within(dialog).findByLabelText<HTMLInputElement>(
      'Yes, move 3 opportunities to the trash',
    );
    expect(again.checked).toBe(false);
    expect(save.disabled).toBe(true);
    refuse = false;
    fireEvent.click(again);
    fireEvent.click(save);
    await waitFor(() => expect(put()?.body['deletes']).toEqual({ 2: 3 }));
  });

  it('is not saved before it is known what it holds, or into a stage that goes as well', async () => {
    live = -1;
    showPage(PipelinesPage);
    fireEvent.click(await screen.findByRole('button', { name: 'Change Sales' }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Delete Registered' }));
    const again = await within(dialog).findByRole('button', { name: 'Try again' });
    const save = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Save' });
    expect(save.disabled).toBe(true);
    live = 2;
    fireEvent.click(again);
    const choice = await within(dialog).findByLabelText(/3 opportunities have Registered/);
    fireEvent.change(choice, { target: { value: '3' } });
    await waitFor(() => expect(save.disabled).toBe(false));
    expect(within(dialog).queryByRole('button', { name: 'Try again' })).toBeNull();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Delete Paid' }));
    expect(save.disabled).toBe(true);
  });
});

describe('the order of stages', { timeout: 20_000 }, () => {
  it('is left by Escape, and the dialog stays', async () => {
    showPage(PipelinesPage);
    fireEvent.click(await screen.findByRole('button', { name: 'Change Sales' }));
    const dialog = await screen.findByRole('dialog');
    const grip = within(dialog).getByRole('button', { name: /^Move New, place 1/ });
    grip.focus();
    fireEvent.keyDown(grip, { code: 'Space', key: ' ' });
    await waitFor(() => expect(grip.getAttribute('data-mantine-stop-propagation')).toBe('true'));
    fireEvent.keyDown(grip, { code: 'Escape', key: 'Escape' });
    await waitFor(() => expect(grip.getAttribute('data-mantine-stop-propagation')).toBe('false'));
    expect(screen.queryByRole('dialog')).not.toBeNull();
    fireEvent.keyDown(grip, { code: 'Escape', key: 'Escape' });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

describe('a status of opportunities', { timeout: 20_000 }, () => {
  it('says how many have it and what they get before it goes; the four stay', async () => {
    showPage(StatusesPage);
    fireEvent.click(await screen.findByRole('button', { name: 'Delete Not relevant' }));
    await screen.findByText(/7 opportunities have this status and get Disqualified in its place/);
    expect(screen.queryByRole('button', { name: 'Delete Disqualified' })).toBeNull();
  });
});
