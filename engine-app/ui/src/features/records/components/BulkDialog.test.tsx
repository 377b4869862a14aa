import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dismiss, toastStore } from '@/components/toasts';
import { startI18n } from '@/lib/i18n';
import { broken, type Call, held, json, serve, showPage, stubBrowser } from '@/test/app';
import { BulkDialog } from './BulkDialog';

const JOB = {
  id: 12,
  entity: 'leads',
  operation: 'delete',
  name: 'Delete · 2 leads',
  status: 'in-progress',
  settings: {},
  mode: 'at-once',
  createdAt: '2026-05-10T08:00:00Z',
  createdBy: 1,
  total: 2,
  handled: 0,
  succeeded: 0,
  changed: 0,
  failed: 0,
  ratePerSecond: 0,
  undoable: false,
};
const DONE = { ...JOB, status: 'complete', handled: 2, succeeded: 2, changed: 2, undoable: true };

let calls: Call[];
let answers: Record<string, () => Response | Promise<Response>>;

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  answers = {
    'POST /leads/bulk-actions': () => json(DONE),
    'POST /bulk-actions/12/undo': () => json({ ...JOB, id: 13, undoOf: 12 }),
  };
  calls = serve(({ method, path }) => answers[`${method} ${path}`]?.());
});
afterEach(() => {
  cleanup();
  for (const { id } of toastStore.snapshot()) dismiss(id);
});

function Page() {
  const [open, setOpen] = useState(true);
  const [done, setDone] = useState(false);
  if (!open) return <p>{done ? 'Closed and done' : 'Closed'}</p>;
  return (
    <BulkDialog
      entity="leads"
      operation="delete"
      chosen={{ ids: [1, 2] }}
      count={2}
      onClose={() => setOpen(false)}
      onDone={() => setDone(true)}
    />
  );
}

const posts = () => calls.filter(({ method, path }) => method === 'POST' && path === '/leads/bulk-actions');
const send = async () => fireEvent.click(await screen.findByRole('button', { name: 'Move to the trash' }));

describe('an order for many records', { timeout: 20_000 }, () => {
  it('stands, also when its job cannot be looked at afterwards', async () => {
    answers['POST /leads/bulk-actions'] = () => json(JOB);
    answers['GET /bulk-actions/12'] = broken;
    showPage(Page);
    await send();
    await screen.findByText('Closed and done');
    expect(posts()).toHaveLength(1);
    expect(screen.getByRole('button', { name: 'Show' })).toBeTruthy();
  });

  it('takes effect once when it is sent again because no answer came', async () => {
    let tries = 0;
    answers['POST /leads/bulk-actions'] = () => (++tries === 1 ? broken() : json(DONE));
    showPage(Page);
    await send();
    await screen.findByText('The database is away');
    await send();
    await screen.findByText('Closed and done');
    const keys = posts().map(({ headers }) => headers['Idempotency-Key']);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it('is another one after a refusal or a change', async () => {
    const refused = () => json({ title: 'No', status: 422, detail: 'Not now' }, 422);
    answers['POST /leads/bulk-actions'] = refused;
    showPage(Page);
    await send();
    await screen.findByText('Not now');
    answers['POST /leads/bulk-actions'] = broken;
    await send();
    await screen.findByText('The database is away');
    fireEvent.change(screen.getByLabelText(/^Name/), { target: { value: 'Spring clean' } });
    answers['POST /leads/bulk-actions'] = () => json(DONE);
    await send();
    await screen.findByText('Closed and done');
    expect(new Set(posts().map(({ headers }) => headers['Idempotency-Key'])).size).toBe(3);
  });

  it('cannot be closed as if it had not been sent, and tells of its end wherever one is', async () => {
    const answer = held();
    answers['POST /leads/bulk-actions'] = () => answer.until.then(() => json(DONE));
    const { router } = showPage(Page);
    await send();
    await waitFor(() => expect(posts()).toHaveLength(1));
    fireEvent.click(screen.getAllByLabelText('Close')[0] as HTMLElement);
    expect(screen.queryByText('Closed')).toBeNull();
    await router.navigate({ to: '/elsewhere' as never });
    answer.letGo();
    await screen.findByText('2 records moved to the trash');
  });

  it('can be taken back from the message, which says that it is or why not', async () => {
    showPage(Page);
    await send();
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await screen.findByText('“Delete · 2 leads” is on its way');
    expect(calls.find(({ path }) => path.endsWith('/undo'))?.body).toEqual({
      name: 'Undo: Delete · 2 leads',
    });
  });

  it('says when it could not be taken back', async () => {
    answers['POST /bulk-actions/12/undo'] = broken;
    showPage(Page);
    await send();
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await screen.findByText('The database is away');
  });

  it('does not begin now because its time cannot be read', async () => {
    showPage(Page);
    fireEvent.click(await screen.findByRole('button', { name: 'Schedule or split into batches' }));
    fireEvent.click(screen.getByRole('combobox', { name: 'When' }));
    fireEvent.click(await screen.findByRole('option', { name: 'All at a scheduled time', hidden: true }));
    const confirm = screen.getByRole<HTMLButtonElement>('button', { name: 'Move to the trash' });
    fireEvent.change(screen.getByLabelText('Begins at'), { target: { value: '12026-05-10T08:00' } });
    expect(confirm.disabled).toBe(true);
    expect(screen.getByText('This is not a time that can be read')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Begins at'), { target: { value: '2026-05-10T08:00' } });
    expect(confirm.disabled).toBe(false);
  });

  it('asks before what was chosen is lost', async () => {
    showPage(Page);
    fireEvent.change(await screen.findByLabelText(/^Name/), { target: { value: 'Spring clean' } });
    fireEvent.click(screen.getAllByLabelText('Close')[0] as HTMLElement);
    expect(screen.getByText('Leave without saving?')).toBeTruthy();
  });
});
