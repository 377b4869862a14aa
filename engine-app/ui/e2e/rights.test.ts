import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api, look, type Opened, openBrowser, signIn, url } from './browser';

/** What somebody who may not do everything sees: nothing that the server would refuse. */

let opened: Opened;
let page: Page;
const mark = `Rights${Date.now() % 1_000_000}`;
const password = 'a few long words';

interface WithId {
  id: number;
}

async function hire(role: string): Promise<{ login: string; password: string }> {
  const login = `${mark}-${role}`.toLowerCase();
  await api('POST', '/users', { login, name: `${mark} ${role}`, password, roles: [role] });
  return { login, password };
}

const buttons = () =>
  page
    .locator('main button:visible, main a[role=button]:visible')
    .allInnerTexts()
    .then((texts) => texts.map((text) => text.trim()).filter(Boolean));

beforeAll(async () => {
  opened = await openBrowser();
  page = opened.page;
});

afterAll(async () => {
  await opened.browser.close();
});

describe('a sales user', () => {
  let lead: number;
  let automation: number;

  beforeAll(async () => {
    const sales = await hire('crm_sales');
    lead = (await api<WithId>('POST', '/leads', { values: { lastName: mark, phone: '+4930123456' } }, sales))
      .id;
    const templates = await api<{ items: { key: string }[] }>('GET', '/automation-templates');
    const template = templates.items[0]?.key;
    automation = (await api<WithId>('POST', '/automations', { template })).id;
    await signIn(page, sales);
  });

  it('is shown the places that are open to sales users', async () => {
    const places = page.getByRole('navigation', { name: 'Main' });
    await places.getByRole('link', { name: 'Leads' }).waitFor();
    const names = await places.getByRole('link').allInnerTexts();
    expect(names).toContain('Automations');
    for (const closed of ['Imports', 'Mailbox', 'Deliveries']) expect(names).not.toContain(closed);
    await page.goto(`${url}/settings/fields`);
    await page.getByRole('heading', { name: 'Fields' }).waitFor();
    const settings = await page
      .getByRole('navigation', { name: 'Settings' })
      .getByRole('link')
      .allInnerTexts();
    for (const closed of ['Business info', 'Mail server', 'Webhook secrets', 'Journal', 'Audit trail']) {
      expect(settings).not.toContain(closed);
    }
    expect(await buttons()).not.toContain('Add field');
    await look(page, 'rights-settings');
    await page.goto(`${url}/settings/activity-types`);
    await page.getByRole('heading', { name: 'Activity types' }).waitFor();
    expect(await buttons()).not.toContain('Add activity type');
  });

  it('reads automations without a button that changes them', async () => {
    await page.goto(`${url}/automations`);
    await page.getByRole('heading', { name: 'Automations' }).waitFor();
    await page.getByRole('table').waitFor();
    expect((await buttons()).join()).not.toMatch(/New automation|Build|Add/);
    await page.goto(`${url}/automations/${automation}`);
    await page
      .getByLabel('Steps')
      .or(page.getByRole('heading', { name: 'Steps' }))
      .first()
      .waitFor();
    expect((await buttons()).join()).not.toMatch(/Publish|Check|Pause|Unpublish/);
    await page.goto(`${url}/automations/new`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('article').first().waitFor();
    expect((await buttons()).join()).not.toMatch(/Use|Import/);
    await look(page, 'rights-automations');
  });

  it('works with the own leads', async () => {
    await page.goto(`${url}/leads/${lead}`);
    await page.getByRole('button', { name: 'Log activity' }).waitFor();
    await page.getByRole('button', { name: 'Change Last name' }).waitFor();
    await look(page, 'rights-lead');
  });
});

describe('a partner supervisor', () => {
  it('is offered nothing for many records at once without the permission', async () => {
    await page.context().clearCookies();
    const partner = await hire('crm_partner_supervisor');
    const { id } = await api<WithId>(
      'POST',
      '/leads',
      { values: { lastName: `${mark} P`, phone: '+4930123456' } },
      partner,
    );
    await signIn(page, partner);
    await page.goto(`${url}/leads/${id}`);
    await page.getByRole('button', { name: 'Change Last name' }).waitFor();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Write a note' }).waitFor();
    const more = () => page.getByRole('menuitem').allInnerTexts();
    await expect.poll(async () => (await more()).join()).not.toMatch(/trash|automation|list/i);
    const rights = page.waitForResponse((response) => response.url().endsWith('/session/rights'));
    await page.goto(`${url}/leads`);
    await page.getByRole('checkbox').nth(1).check();
    const bar = page.getByRole('region', { name: 'Selected records' });
    await bar.getByText('1 selected').waitFor();
    // Until the rights are known all is offered, and the rest of the bar is loaded after it.
    await rights;
    const offered = () => bar.getByRole('button').evaluateAll((all) => all.map((one) => one.ariaLabel));
    await expect.poll(offered).toEqual(['Select nothing']);
    const order = { operation: 'delete', name: mark, ids: [id], settings: {} };
    await expect(api('POST', '/leads/bulk-actions', order, partner)).rejects.toThrow(/: 403 /);
    await look(page, 'rights-bulk');
    expect(opened.errors).toEqual([]);
  });
});
