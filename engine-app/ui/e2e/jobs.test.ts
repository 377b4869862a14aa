import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api, look as lookAt, type Opened, openBrowser, signIn, url } from './browser';

/** What is planned, what runs in the background, and how leads are classified: each place as people come to it. */

let opened: Opened;
let page: Page;
let lead: number;
const look = (name: string) => lookAt(page, name);
const mark = `Jobs${Date.now() % 1_000_000}`;
const undo: (() => Promise<unknown>)[] = [];

interface WithId {
  id: number;
}

/** Looks at the page on a desk and on a phone. */
async function lookTwice(name: string): Promise<void> {
  await look(name);
  await page.setViewportSize({ width: 390, height: 844 });
  await look(`${name}-phone`);
  await page.setViewportSize({ width: 1440, height: 900 });
}

beforeAll(async () => {
  lead = (
    await api<WithId>('POST', '/leads', { values: { lastName: mark, phone: '+4930123456', city: mark } })
  ).id;
  undo.push(() => api('DELETE', `/leads/${lead}`));
  opened = await openBrowser();
  page = opened.page;
  await signIn(page);
});

afterAll(async () => {
  await opened.browser.close();
  for (const back of undo.reverse()) await back();
});

describe('follow-ups', () => {
  it('are planned from a row by keyboard, and then stand among what is to come', async () => {
    await page.goto(`${url}/leads?filter=${encodeURIComponent(`city = "${mark}"`)}`);
    await page.getByRole('link', { name: mark }).waitFor();
    await page.getByRole('button', { name: `Follow up ${mark}` }).press('Enter');
    const dialog = page.getByRole('dialog');
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    await dialog.getByLabel('Follow-up date').fill(day);
    await dialog.getByLabel('Follow-up time').fill('10:00');
    await dialog.getByLabel('Comment').fill(`${mark} wants a call`);
    await lookTwice('follow-up');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Follow-up planned').waitFor();
    await dialog.waitFor({ state: 'hidden' });

    await page.goto(`${url}/follow-ups?when=upcoming&whose=all`);
    const row = page.getByRole('row', { name: new RegExp(mark) });
    await row.waitFor();
    await lookTwice('follow-ups');
    await row.getByRole('button', { name: 'Quick view' }).click();
    await dialog.getByText(`${mark} wants a call`).waitFor();
    await look('follow-up-quick-view');
  });
});

describe('jobs', () => {
  it('are shown with what came of them', async () => {
    const values = { lastName: `${mark} Other`, phone: '+4930123457', city: mark };
    const other = (await api<WithId>('POST', '/leads', { values })).id;
    undo.push(() => api('DELETE', `/leads/${other}`));
    await page.goto(`${url}/leads?filter=${encodeURIComponent(`city = "${mark}"`)}`);
    await page.getByRole('link', { name: `${mark} Other` }).waitFor();
    await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check();
    const bar = page.getByRole('region', { name: 'Selected records' });
    await bar.getByRole('button', { name: 'More for the selected records' }).click();
    await page.getByRole('menuitem', { name: 'Export CSV' }).waitFor();
    await look('bulk-bar');
    await page.keyboard.press('Escape');
    await bar.getByRole('button', { name: 'Tag' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Tags' }).fill(mark);
    await page.keyboard.press('Enter');
    await dialog.getByLabel(/^Name/).fill(`${mark} job`);
    await lookTwice('bulk-dialog');
    await dialog.getByRole('button', { name: 'Tag', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await expect
      .poll(
        async () => {
          const { items } = await api<{ items: { name: string; status: string }[] }>('GET', '/bulk-actions');
          return items.find(({ name }) => name === `${mark} job`)?.status;
        },
        { timeout: 30_000 },
      )
      .toBe('complete');

    await page.goto(`${url}/jobs`);
    await page.getByRole('link', { name: `${mark} job` }).waitFor();
    await lookTwice('jobs');
    await page.getByRole('link', { name: `${mark} job` }).click();
    await page.getByRole('heading', { name: `${mark} job` }).waitFor();
    await page.getByRole('link', { name: mark, exact: true }).waitFor();
    await lookTwice('job');
  });
});

describe('the settings of leads', () => {
  it('show every kind of choice', async () => {
    for (const kind of ['Stages', 'Statuses', 'Sources', 'Groups', 'Ratings']) {
      await page.goto(`${url}/settings/leads`);
      await page.getByRole('tab', { name: kind }).click();
      await page.getByRole('tabpanel').getByRole('button', { name: /^Add/ }).first().waitFor();
      await (kind === 'Stages' ? lookTwice('settings-leads') : look(`settings-leads-${kind}`));
    }
  });

  it('threw no error in the browser', () => {
    expect(opened.errors).toEqual([]);
  });
});
