import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { broken, json, serve, showPage, stubBrowser } from '@/test/app';
import { LeadsPage } from './LeadsPage';

const source = (id: number, label: string) => ({
  id,
  label,
  kind: 'source',
  position: id,
  active: true,
  hidden: false,
  shared: true,
});

let down: boolean;
let sources: ReturnType<typeof source>[];

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  down = false;
  sources = [source(1, 'Web'), source(2, 'Fair'), source(3, 'Phone')];
  serve(({ method, path, body }) => {
    if (down) return broken();
    if (method === 'PUT' && path === '/schema/sources/order') {
      const order = body['order'] as number[];
      sources = order.flatMap((id) => sources.find((one) => one.id === id) ?? []);
      return json(null);
    }
    if (path === '/schema/sources') return json({ items: sources });
    return undefined;
  });
});
afterEach(cleanup);

const open = () => showPage(LeadsPage, '/settings/leads', '/settings/leads?tab=source');
const button = (name: string) => screen.findByRole('button', { name });
const order = () => screen.getAllByRole('listitem').map((item) => /Web|Fair|Phone/.exec(item.innerHTML)?.[0]);

describe('the choices of leads', { timeout: 20_000 }, () => {
  it('keep the form that is open while they cannot be read again, and ask before it is lost', async () => {
    const { client } = open();
    fireEvent.click(await button('Change Web'));
    fireEvent.change(screen.getByLabelText(/^Name/), { target: { value: 'Website' } });
    down = true;
    await client.invalidateQueries();
    expect(screen.getByLabelText<HTMLInputElement>(/^Name/).value).toBe('Website');
    fireEvent.click(screen.getAllByLabelText('Close')[0] as HTMLElement);
    expect(screen.getByText('Leave without saving?')).toBeTruthy();
  });

  it('PLT-011 are moved again and again by the same button, which keeps the focus', async () => {
    open();
    const down = await button('Move Web down');
    down.focus();
    fireEvent.click(down);
    await waitFor(() => expect(order()).toEqual(['Fair', 'Web', 'Phone']));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Move Web down')));
    fireEvent.click(document.activeElement as HTMLElement);
    await waitFor(() => expect(order()).toEqual(['Fair', 'Phone', 'Web']));
    // It can go no further: the way back is the next thing at hand.
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Move Web up')));
  });
});
