import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api, look as lookAt, type Opened, openBrowser, signIn, url } from './browser';

let opened: Opened;
let page: Page;
const look = (name: string) => lookAt(page, name);
const mark = `share${Date.now() % 10_000_000}`;
const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const recipient = { login: mark, password: 'long enough for a test' };
const name = `Lee ${mark}`;

let deal: number;

beforeAll(async () => {
  opened = await openBrowser();
  page = opened.page;
  await api('POST', '/users', { ...recipient, name, roles: ['crm_sales'] });
  const contact = await api<{ id: number }>('POST', '/contacts', {
    values: { firstName: 'Ann', lastName: mark },
  });
  deal = (
    await api<{ id: number }>('POST', '/opportunities', {
      values: { name: `Roof ${mark}`, contact: contact.id },
    })
  ).id;
  await signIn(page);
});

afterAll(async () => {
  await opened.browser.close();
});

async function shareFor(access: string) {
  await page.getByRole('button', { name: 'Share this opportunity' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Share with' }).click();
  await page.getByRole('option', { name }).click();
  await dialog.getByText(access, { exact: true }).click();
  if (access === 'View only') await look('share-dialog');
  await dialog.getByRole('button', { name: 'Share', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

describe('sharing an opportunity', () => {
  it(
    'AUT-066 AUT-078 AUT-086 is given on its page for a time, and taken back',
    { timeout: 120_000 },
    async () => {
      await page.goto(`${url}/opportunities/${deal}?tab=around`);
      await page.getByText('Not shared with anybody now.').waitFor();
      await shareFor('View only');
      const panel = page.getByRole('region', { name: 'Shared with' });
      await panel.getByText(name).waitFor();
      await shareFor('View and modify');
      await expect.poll(() => panel.getByText(/View and modify/).count(), { timeout: 15_000 }).toBe(1);
      await look('shared-with');
      await page.setViewportSize(phone);
      await look('shared-with-phone');
      await page.getByRole('button', { name: 'Share this opportunity' }).click();
      await look('share-dialog-phone');
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
      await page.setViewportSize(desk);
    },
  );

  it('AUT-076 the recipient opens and changes it', { timeout: 120_000 }, async () => {
    const other = await openBrowser();
    try {
      await signIn(other.page, recipient);
      await other.page.goto(`${url}/opportunities/${deal}?tab=around`);
      await other.page.getByRole('heading', { name: `Roof ${mark}` }).waitFor();
      await other.page.getByRole('region', { name: 'Shared with' }).getByText(name).waitFor();
      expect(await other.page.getByRole('button', { name: 'Stop sharing' }).count()).toBe(0);
      const star = other.page.getByRole('button', { name: 'Star', exact: true });
      await expect.poll(() => star.isEnabled(), { timeout: 15_000 }).toBe(true);
      await lookAt(other.page, 'shared-seen-by-recipient');
      expect(other.errors).toEqual([]);
    } finally {
      await other.browser.close();
    }
  });

  it(
    'AUT-080 AUT-086 is stopped, and its history is opened from the list',
    { timeout: 120_000 },
    async () => {
      await page.getByRole('button', { name: 'Stop sharing' }).click();
      await look('share-stop');
      await page.getByRole('dialog').getByRole('button', { name: 'Stop sharing' }).click();
      await page.getByText('Not shared with anybody now.').waitFor();
      await page.goto(`${url}/opportunities?view=list&filter=${encodeURIComponent(`name = "Roof ${mark}"`)}`);
      await page.getByRole('button', { name: `Share history of Roof ${mark}` }).click();
      const dialog = page.getByRole('dialog');
      await expect.poll(() => dialog.getByText(/stopped/).count(), { timeout: 15_000 }).toBe(2);
      await look('share-history');
      await page.setViewportSize(phone);
      await look('share-history-phone');
      await page.setViewportSize(desk);
      expect(opened.errors).toEqual([]);
    },
  );
});
