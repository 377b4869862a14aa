import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { broken, json, serve, showPage, stubBrowser } from '@/test/app';
import { DealsPanel } from './DealsPanel';

const ann = { id: 7, version: 1, values: { name: 'Ann', account: 4 }, tags: [] };
const deal = (id: number, name: string, status: string) => ({
  id,
  version: 1,
  values: { name, status, stage: 'New' },
  tags: [],
});

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
afterEach(cleanup);

const field = (key: string) => ({ key, label: key, type: 'text', mandatory: false, readOnly: true });
const fields = (...keys: string[]) => json({ fields: keys.map(field) });

describe('the opportunities of a contact', () => {
  it('ENG-097 stand with their status, those under way first, and one can be added', async () => {
    serve(({ path, query }) => {
      if (path === '/schema/opportunity') return fields('name', 'statusKind');
      if (path !== '/opportunities') return undefined;
      const filter = query.get('filter');
      if (filter === 'contact = 7 and statusKind = "open"') {
        return json({ items: [deal(2, 'Roof', 'Open')], next: 'more' });
      }
      if (filter === 'contact = 7 and statusKind != "open"') {
        return json({ items: [deal(9, 'Garage', 'Won')] });
      }
      return undefined;
    });
    showPage(() => <DealsPanel entity="contacts" record={ann} />);
    await screen.findByText('Won · New');
    const links = await screen.findAllByRole('link');
    expect(links.map((link) => link.textContent)).toEqual(['Roof', 'Garage', 'All opportunities']);
    expect(links[0]?.getAttribute('href')).toBe('/opportunities/2');
    expect(links[2]?.getAttribute('href')).toContain(encodeURIComponent('contact = 7'));
    await screen.findByText('Open · New');
    await screen.findByRole('button', { name: /opportunity/i });
  });

  it('stand together for whom it is hidden which of them are closed', async () => {
    serve(({ path, query }) => {
      if (path === '/schema/opportunity') return fields('name');
      if (path !== '/opportunities') return undefined;
      return query.get('filter') === 'contact = 7'
        ? json({ items: [deal(2, 'Roof', 'Open'), deal(9, 'Garage', 'Won')] })
        : broken();
    });
    showPage(() => <DealsPanel entity="contacts" record={ann} />);
    await screen.findByText('Roof');
    const links = await screen.findAllByRole('link');
    expect(links.map((link) => link.textContent)).toEqual(['Roof', 'Garage']);
  });
});
