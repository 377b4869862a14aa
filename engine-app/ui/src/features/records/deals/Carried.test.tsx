import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { json, serve, showPage, stubBrowser } from '@/test/app';
import { OpportunityScreen } from '../components/RecordDetailScreens';

let leads: unknown[];
let broken: boolean;

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  broken = false;
  leads = [{ id: 7, version: 1, values: { leadName: 'Roof of Ada', name: 'Ada' }, tags: [] }];
  serve(({ path, query }) => {
    const filter = query.get('filter');
    if (path === '/opportunities/3') return json({ id: 3, version: 1, values: { name: 'Roof' }, tags: [] });
    if (path === '/leads' && broken) return json({ title: 'Broken' }, 500);
    if (path === '/leads') return json({ items: filter === 'convertedDeal = 3' ? leads : [] });
    if (path === '/notes' && filter === 'lead = 7') {
      return json({
        items: [
          { id: 9, version: 1, values: { text: 'Wants slate' }, tags: [] },
          { id: 10, version: 1, values: { text: 'Of both', lead: 7, opportunity: 3 }, tags: [] },
        ],
      });
    }
    if (path === '/leads/7/files') {
      return json({
        items: [
          {
            id: 4,
            name: 'roof.pdf',
            mediaType: 'application/pdf',
            bytes: 2048,
            picture: false,
            createdAt: '2026-01-02T03:04:05Z',
          },
        ],
      });
    }
    if (path === '/opportunities/3/files') return json({ items: [] });
    if (path === '/leads/7/timeline') {
      return json({
        items: [
          { id: '1-1', at: '2026-01-02T03:04:05Z', kind: 'activity.created', title: 'Meeting', changes: [] },
        ],
      });
    }
    return undefined;
  });
});
afterEach(cleanup);

describe('what a deal carries from its lead', () => {
  it(
    'LEAD-106 shows its notes and files to be read, and its history on demand',
    { timeout: 20_000 },
    async () => {
      showPage(OpportunityScreen, '/opportunities/$id', '/opportunities/3');
      await screen.findByText('Wants slate');
      await screen.findByText('roof.pdf');
      expect(screen.queryByLabelText('Delete this note')).toBeNull();
      expect(screen.queryByText('Meeting')).toBeNull();
      // It stands among the notes of the deal itself.
      expect(screen.queryByText('Of both')).toBeNull();
      fireEvent.click(await screen.findByText(/^History of the lead/));
      await screen.findByText('Meeting');
    },
  );

  it('LEAD-106 says nothing to who does not see the lead', async () => {
    leads = [];
    showPage(OpportunityScreen, '/opportunities/$id', '/opportunities/3');
    await screen.findByRole('heading', { name: 'Roof' });
    expect(screen.queryByText(/of the lead/)).toBeNull();
  });

  it('LEAD-106 says that its leads could not be read', async () => {
    broken = true;
    showPage(OpportunityScreen, '/opportunities/$id', '/opportunities/3');
    await screen.findByText('Broken');
  });
});
