import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api, look as lookAt, type Opened, openBrowser, signIn, url } from './browser';

/** Look at the pipeline, find a deal, move it with the mouse and with the keys: what sellers do on the board. */

let opened: Opened | undefined;
let page: Page;
const look = (name: string) => lookAt(page, name);
const mark = `Board${Date.now() % 1_000_000}`;

interface WithId {
  id: number;
  version: number;
}

let pipeline: WithId;
let contact: WithId;
const deals: WithId[] = [];

beforeAll(async () => {
  pipeline = await api<WithId>('POST', '/schema/pipelines', {
    name: `${mark} sales`,
    stages: ['Inquiry', 'Offer', 'Signed'].map((name) => ({ name: `${name} ${mark}` })),
  });
  contact = await api<WithId>('POST', '/contacts', { values: { firstName: 'Ann', lastName: mark } });
  for (const [name, amount, currency] of [
    ['Roof repair', '1200.00', 'EUR'],
    ['Garden', '300.00', 'USD'],
    ['Winter tyres', '80.50', 'EUR'],
  ]) {
    const value = { amount, currency };
    const values = { name: `${name} ${mark}`, value, contact: contact.id, pipeline: `${mark} sales` };
    deals.push(await api<WithId>('POST', '/opportunities', { values }));
  }
  opened = await openBrowser();
  page = opened.page;
  await signIn(page);
});

afterAll(async () => {
  await opened?.browser.close();
  for (const { id } of deals) await api('DELETE', `/opportunities/${id}`);
  await api('DELETE', `/contacts/${contact.id}`);
  // What is in the trash keeps a stage: it has the first one of another pipeline from now on.
  const { items } = await api<{ items: { id: number; stages: WithId[] }[] }>('GET', '/schema/pipelines');
  const target = items.find(({ id }) => id !== pipeline.id)?.stages[0];
  await api('DELETE', `/schema/pipelines/${pipeline.id}?target=${target?.id ?? ''}`);
});

const column = (name: string) => page.getByRole('region', { name: `${name} ${mark}` });
const card = (name: string, within: Locator) => within.getByRole('link', { name: `${name} ${mark}` });
const stageOf = async (deal: WithId) =>
  (await api<{ values: { stage: string } }>('GET', `/opportunities/${deal.id}`)).values.stage;

describe('the board of opportunities', () => {
  it('shows cards in the columns of the stages, with sums for each currency', async () => {
    await page.goto(`${url}/opportunities?view=board&pipeline=${pipeline.id}`);
    await card('Roof repair', column('Inquiry')).waitFor();
    await column('Inquiry').getByText('€1,280.50').waitFor();
    await column('Inquiry').getByText('US$300').first().waitFor();
    await look('board');
  });

  it('moves a card by dragging it, at once and for good', async () => {
    // The stream may still put the cards in another order while they are measured.
    await expect
      .poll(async () => {
        // What was taken by mistake is left where it was.
        await page.keyboard.press('Escape');
        await page.mouse.up();
        const from = await card('Roof repair', column('Inquiry')).boundingBox();
        const to = await column('Offer').boundingBox();
        if (!from || !to) return undefined;
        await page.mouse.move(from.x + 20, from.y + 10);
        await page.mouse.down();
        await page.mouse.move(from.x + 60, from.y + 30, { steps: 4 });
        await page.mouse.move(to.x + to.width / 2, to.y + 160, { steps: 8 });
        const dragged = page.locator('[data-dragged]');
        return (await dragged.count()) === 1 ? await dragged.textContent() : undefined;
      })
      .toContain('Roof repair');
    await look('board-dragging');
    await page.mouse.up();
    await card('Roof repair', column('Offer')).waitFor();
    const deal = deals[0] as WithId;
    await expect.poll(() => stageOf(deal)).toBe(`Offer ${mark}`);
    // On the card, and as the sum of the column.
    await expect.poll(() => column('Offer').getByText('€1,200').count()).toBe(2);
    await page.reload();
    await card('Roof repair', column('Offer')).waitFor();
  });

  it('moves a card with the keys alone, and keeps the focus on it', async () => {
    const button = page.getByRole('button', { name: `Move Garden ${mark} to another stage` });
    await button.focus();
    await page.keyboard.press('Enter');
    const item = page.getByRole('menuitem', { name: `Move to Signed ${mark}` });
    await item.waitFor();
    await look('board-menu');
    await item.focus();
    await page.keyboard.press('Enter');
    await card('Garden', column('Signed')).waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: `Garden ${mark} moved to Signed ${mark}` })
      .waitFor();
    await expect.poll(() => button.evaluate((node) => node === document.activeElement)).toBe(true);
    await expect.poll(() => stageOf(deals[1] as WithId)).toBe(`Signed ${mark}`);
  });

  it('puts a card back that was changed meanwhile', async () => {
    const deal = deals[2] as WithId;
    // The page hears of what others change; here it does not before it moves the card.
    await page.route('**/api/v1/stream', (route) => route.abort());
    await page.reload();
    await card('Winter tyres', column('Inquiry')).waitFor();
    await api('PATCH', `/opportunities/${deal.id}`, { values: { description: 'Call first' } });
    await page.route(`**/api/v1/opportunities/${deal.id}`, async (route) => {
      const sent = route.request();
      const body = { ...(sent.postDataJSON() as object), version: deal.version };
      await route.continue(sent.method() === 'PATCH' ? { postData: JSON.stringify(body) } : {});
    });
    await page.getByRole('button', { name: `Move Winter tyres ${mark} to another stage` }).click();
    await page.getByRole('menuitem', { name: `Move to Offer ${mark}` }).click();
    await page.getByText('was changed by somebody else meanwhile').first().waitFor();
    await card('Winter tyres', column('Inquiry')).waitFor();
    await look('board-conflict');
    await page.unroute(`**/api/v1/opportunities/${deal.id}`);
    await page.unroute('**/api/v1/stream');
  });

  it('finds by the contact, and keeps the look of the reader', async () => {
    await page.goto(`${url}/opportunities?view=board&pipeline=${pipeline.id}&q=${mark}`);
    await card('Roof repair', column('Offer')).waitFor();
    await page.getByRole('textbox', { name: /^Search/ }).fill('nobody at all');
    await page.getByText('Nothing matches').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByText('List', { exact: true }).click();
    await page.getByRole('grid').waitFor();
    // A page that opens before it is kept would be a board.
    await expect.poll(async () => (await api<{ board: boolean }>('GET', '/board-view')).board).toBe(false);
    await page.goto(`${url}/opportunities`);
    await page.getByRole('grid').waitFor();
    await page.getByText('Board', { exact: true }).click();
    await page.getByRole('grid').waitFor({ state: 'detached' });
  });

  it('works on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${url}/opportunities?view=board&pipeline=${pipeline.id}`);
    await card('Winter tyres', column('Inquiry')).waitFor();
    await look('board-phone');
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(opened?.errors).toEqual([]);
  });
});
