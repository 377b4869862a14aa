import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { json, serve, showPage, stubBrowser } from '@/test/app';
import { TablesPage } from './TablesPage';

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
afterEach(cleanup);

describe('table definitions', { timeout: 30_000 }, () => {
  const field = (key: string, label: string) => ({ key, label, type: 'TEXT' });
  const fields = [field('phone', 'Phone'), field('lastName', 'Last name'), field('email', 'E-mail')];

  it('keep what is said about a column with it when it is moved', async () => {
    serve(({ path, method }) => {
      if (path === '/schema/lead') return json(fields);
      if (path !== '/table-definitions') return undefined;
      if (method === 'GET') return json({ items: [] });
      const violations = [{ field: 'columns[1].name', expectation: 'a name that no other column has' }];
      return json({ title: 'Refused', status: 422, violations }, 422);
    });
    showPage(TablesPage);
    fireEvent.click(await screen.findByRole('button', { name: 'Add table definition' }));
    const dialog = within(await screen.findByRole('dialog'));
    fireEvent.change(dialog.getByLabelText(/^Name/), { target: { value: 'Calls' } });
    await waitFor(() => expect(dialog.getByDisplayValue('Last name')).toBeTruthy());
    fireEvent.click(dialog.getByRole('button', { name: /^(Save|Create)$/ }));
    const beside = async () => {
      const said = await dialog.findByText(/a name that no other column has/);
      return said.closest('li')?.querySelector('input')?.value;
    };
    expect(await beside()).toBe('name');
    fireEvent.click(dialog.getByRole('button', { name: 'Move name up' }));
    expect(dialog.getAllByRole('listitem')[0]?.textContent).toMatch(/a name that no other column has/);
    expect(await beside()).toBe('name');
  });

  it('have one primary key, which is unique and not nullable', async () => {
    serve(({ path, method }) => {
      if (path === '/table-definitions' && method === 'GET') return json({ items: [] });
      return path === '/schema/lead' ? json(fields) : undefined;
    });
    showPage(TablesPage);
    fireEvent.click(await screen.findByRole('button', { name: 'Add table definition' }));
    const dialog = within(await screen.findByRole('dialog'));
    const marks = (name: string) => dialog.getAllByRole<HTMLInputElement>('checkbox', { name });
    expect(marks('Primary key').map((box) => box.checked)).toEqual([true, false, false]);
    const second = marks('Primary key')[1];
    if (second) fireEvent.click(second);
    expect(marks('Primary key').map((box) => box.checked)).toEqual([false, true, false]);
    expect(marks('Unique').map((box) => box.checked)).toEqual([true, true, false]);
    expect(marks('Nullable').map((box) => box.checked)).toEqual([false, false, true]);
  });
});
