import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { type Call, json, serve, showPage, stubBrowser } from '@/test/app';
import type { Process } from '../api/calling';
import { ContactsDialog } from './ContactsDialog';

const north = { id: 7, name: 'North', version: 1 } as unknown as Process;
const ann = {
  id: 31,
  process: 7,
  name: 'Ann',
  number: '+4930123456',
  values: { lastName: 'Ann', phone: '+4930123456' },
  leads: 2,
  createdAt: '2026-11-23T00:00:00Z',
};

let calls: Call[];

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  calls = serve(({ path, query }) => {
    if (path === '/processes/7/contacts') return json({ items: query.get('search') === 'bob' ? [] : [ann] });
    if (path === '/schema/contact') {
      return json([{ key: 'lastName', label: 'Last name', type: 'TEXT' }]);
    }
    if (path !== '/process-contacts/31') return undefined;
    return json({
      ...ann,
      some: [
        { id: 501, list: 71, listName: 'Autumn' },
        { id: 500, list: 70, listName: 'Spring' },
      ],
    });
  });
});
afterEach(cleanup);

describe('contacts of a process', { timeout: 30_000 }, () => {
  it('VOC-006 are shown with their process, lists and values, and found by number or name', async () => {
    showPage(() => <ContactsDialog process={north} opened onClose={() => undefined} />);
    fireEvent.click(await screen.findByRole('button', { name: 'Ann' }));
    const contact = within(await screen.findByRole('dialog', { name: 'Ann' }));
    await contact.findByText('North');
    await contact.findByText('Autumn');
    await contact.findByText('Spring');
    fireEvent.change(screen.getByLabelText('Beginning of a name or number'), { target: { value: 'bob' } });
    await screen.findByText('Nothing matches');
    expect(calls.some(({ query }) => query.get('search') === 'bob')).toBe(true);
  });
});
