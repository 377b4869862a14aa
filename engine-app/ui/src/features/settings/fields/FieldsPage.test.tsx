import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listedColumns } from '@/api/getSchema';
import { startI18n } from '@/lib/i18n';
import { json, serve, showPage, stubBrowser } from '@/test/app';
import { FieldsPage } from './FieldsPage';

const field = (id: number, label: string) => ({
  id,
  key: label.toLowerCase(),
  label,
  type: 'text',
  system: true,
  filterable: true,
  fixed: id === 1,
  disabled: false,
  lookVersion: 0,
});

let fields: ReturnType<typeof field>[];
let changes: Record<string, unknown>[];

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  fields = [field(1, 'Source'), field(2, 'City'), field(3, 'Website')];
  changes = [];
  serve(({ method, path, body }) => {
    if (path === '/schema/lead/order') {
      fields = (body['order'] as number[]).flatMap((id) => fields.find((one) => one.id === id) ?? []);
      return json(null);
    }
    if (path.endsWith('/uses')) return json({ items: [{ kind: 'smart-list', id: 4, name: 'Near me' }] });
    if (method === 'PATCH') {
      changes.push(body);
      fields = fields.map((one) => (path.endsWith(one.key) ? { ...one, ...body } : one));
      return json(fields[1]);
    }
    if (path === '/schema/lead') return json({ fields });
    return undefined;
  });
});
afterEach(cleanup);

const order = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => /Source|City|Website/.exec(row.textContent)?.[0]);
const grip = (name: string) => screen.findByRole('button', { name: new RegExp(`^Move ${name}`) });

describe('the fields of leads', { timeout: 20_000 }, () => {
  it('SET-092 are moved with the keys, again and again, and the handle keeps the focus', async () => {
    showPage(FieldsPage, '/settings/fields', '/settings/fields');
    const handle = await grip('Website');
    handle.focus();
    fireEvent.keyDown(handle, { key: 'ArrowUp' });
    await waitFor(() => expect(order()).toEqual(['Source', 'Website', 'City']));
    await waitFor(() => expect(document.activeElement?.getAttribute('data-grip')).toBe('website'));
    fireEvent.keyDown(document.activeElement as HTMLElement, { key: 'ArrowUp' });
    await waitFor(() => expect(order()).toEqual(['Website', 'Source', 'City']));
  });

  it('LEAD-129, LEAD-130 say what goes on before one is disabled; mandatory ones cannot be', async () => {
    showPage(FieldsPage, '/settings/fields', '/settings/fields');
    fireEvent.click(await screen.findByRole('button', { name: 'Disable City' }));
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByText('Near me');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Disable' }));
    await screen.findByRole('button', { name: 'Enable City' });
    expect(changes).toEqual([{ version: 0, disabled: true }]);
    expect(screen.queryByRole('button', { name: 'Disable Source' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Edit Source' })).toBeTruthy();
  });
});

it('LEAD-083 the columns of lists follow the fields', () => {
  const all = [field(1, 'Source'), field(2, 'City'), field(3, 'Website')];
  expect(listedColumns(all, ['city', 'source'])).toEqual(['city', 'source']);
  const added = all.map((one) => ({ ...one, listed: one.id === 3 ? true : undefined }));
  expect(listedColumns(added, ['city', 'source'])).toEqual(['city', 'source', 'website']);
  const ordered = [...added].reverse().map((one) => ({ ...one, ordered: true }));
  expect(listedColumns(ordered, ['city', 'source'])).toEqual(['city', 'website', 'source']);
});
