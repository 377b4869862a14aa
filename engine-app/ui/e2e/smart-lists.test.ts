import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api, look as lookAt, type Opened, openBrowser, signIn, url } from './browser';

/** Filter, save, tab, share, change a record: what people do with smart lists. */

let opened: Opened;
let page: Page;
const look = (name: string) => lookAt(page, name);
const mark = `Smart${Date.now() % 1_000_000}`;
const list = `${mark} list`;

interface WithId {
  id: number;
  version: number;
}

let lead: WithId;
const made: number[] = [];

beforeAll(async () => {
  lead = await api<WithId>('POST', '/leads', {
    values: { lastName: `${mark} A`, phone: '+4930123456', city: mark },
  });
  made.push(lead.id);
  const other = { lastName: `${mark} B`, phone: '+4930123457', city: mark, jobTitle: 'Buyer' };
  made.push((await api<WithId>('POST', '/leads', { values: other })).id);
  opened = await openBrowser();
  page = opened.page;
  await signIn(page);
});

afterAll(async () => {
  await opened.browser.close();
  // A list that everyone sees would stand among the tabs of every other test.
  const { items } = await api<{ items: (WithId & { name: string })[] }>('GET', '/smart-lists?entity=lead');
  for (const { id, name } of items) if (name.startsWith(mark)) await api('DELETE', `/smart-lists/${id}`);
  for (const id of made) await api('DELETE', `/leads/${id}`);
});

const rows = () => page.getByRole('grid').getByRole('link', { name: new RegExp(mark) });

describe('smart lists', () => {
  it('builds a filter with a group, as rows and as text', async () => {
    await page.goto(`${url}/leads`);
    await page.getByRole('grid').waitFor();
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByLabel('Value').fill(mark);
    await page.getByRole('button', { name: 'Add a group' }).first().click();
    await look('filter-builder');
    await page.getByText('As text').click();
    const text = page.getByRole('textbox', { name: 'As text' });
    await text.fill(`city = "${mark}" and (jobTitle = "Buyer" or score >`);
    await page.getByText(/The filter cannot be read: at position/).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
    await look('filter-text');
    await text.fill(`city = "${mark}" and (jobTitle = "Buyer" or score > 100)`);
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => rows().count()).toBe(1);
  });

  it('saves it as a tab that everyone sees, with columns of its own', async () => {
    await page.getByRole('button', { name: 'Save as smart list' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name').fill(list);
    await form.getByLabel('Everyone', { exact: true }).click();
    await look('smart-list-save');
    await form.getByRole('button', { name: 'Save' }).click();
    const tab = page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: list });
    await tab.waitFor();
    await expect.poll(() => tab.getAttribute('aria-current')).toBe('page');
    await expect.poll(() => page.url()).toContain('list=');
    expect(page.url()).not.toContain('filter=');
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Job title' }).click();
    await page.getByRole('button', { name: /^Move the column Job title/ }).press('ArrowUp');
    await look('smart-list-columns');
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByRole('columnheader', { name: 'Job title' }).waitFor();
    await look('smart-list');
  });

  it('shows a lead as soon as it matches', async () => {
    await expect.poll(() => rows().count()).toBe(1);
    await api('PATCH', `/leads/${lead.id}`, { values: { jobTitle: 'Buyer' } });
    await page.getByRole('link', { name: `${mark} A` }).waitFor();
    await expect.poll(() => rows().count()).toBe(2);
  });

  it('tells what is not saved, and saves or discards it', async () => {
    await page.getByRole('button', { name: /^Remove: \(/ }).click();
    await page.getByRole('region', { name: 'Unsaved changes' }).waitFor();
    await look('smart-list-unsaved');
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Remove: \(/ }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: `Remove: City is ${mark}` }).waitFor();
  });

  it('manages lists as cards: order by keyboard, copy, delete', async () => {
    await page.goto(`${url}/smart-lists?of=leads`);
    await page.getByRole('button', { name: `Duplicate ${list}` }).click();
    const copy = page.getByRole('listitem').filter({ hasText: `${list} copy` });
    await copy.waitFor();
    const place = async () =>
      Number(
        /place (\d+)/.exec((await copy.getByRole('button').first().getAttribute('aria-label')) ?? '')?.[1],
      );
    const before = await place();
    await copy.getByRole('button', { name: /^Move/ }).press('ArrowUp');
    await expect.poll(place).toBe(before - 1);
    await look('smart-lists');
    await page.setViewportSize({ width: 390, height: 844 });
    await look('smart-lists-phone');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('button', { name: `Delete the list ${list} copy` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await copy.waitFor({ state: 'detached' });
  });

  it('has asked nothing of the browser that failed', () => {
    expect(opened.errors).toEqual([]);
  });
});
