import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { look as lookAt, login, type Opened, openBrowser, password, url } from './browser';

let opened: Opened;
let page: Page;
const look = (name: string) => lookAt(page, name);

beforeAll(async () => {
  opened = await openBrowser();
  page = opened.page;
});

afterAll(async () => {
  await opened.browser.close();
});

describe('the first five minutes', () => {
  const last = `Newcomer${Date.now() % 100_000}`;

  it('signs in and greets', async () => {
    await page.goto(`${url}/sign-in`);
    await page.getByLabel('User name').waitFor();
    await look('sign-in');
    await page.getByLabel('User name').fill(login);
    await page.getByLabel('Password').first().fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: /^Hello/ }).waitFor();
    await look('home');
  });

  it('takes a ready-made automation, changes a condition and a mail, and publishes it', async () => {
    await page.getByRole('link', { name: /Build an automation/ }).click();
    await page.getByRole('article', { name: 'Welcome new lead' }).waitFor();
    await look('gallery');
    await page
      .getByRole('article', { name: 'Welcome new lead' })
      .getByRole('button', { name: 'Use this' })
      .click();
    await page
      .getByRole('region', { name: 'Settings' })
      .getByRole('button', { name: /Came online/ })
      .click();
    const remove = page.getByRole('button', { name: /Remove condition/ });
    await remove.first().waitFor();
    while ((await remove.count()) > 1) await remove.last().click();
    await look('automation-condition');
    await page.getByLabel('Look at').first().waitFor();
    await page.getByRole('region', { name: 'Settings' }).getByRole('button', { name: 'Steps' }).click();
    await page
      .getByRole('region', { name: 'Settings' })
      .getByRole('button', { name: /Send welcome e-mail/ })
      .click();
    await page.getByLabel('Subject').fill('Good to see you, {{lead.firstName}}');
    await page.getByText('Draft saved').waitFor();
    await look('automation-mail');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('button', { name: 'Publish now' }).click();
    await page.getByText('Published', { exact: true }).first().waitFor();
    await look('automation-published');
  });

  it('adds a lead and shows the run and why it happened', async () => {
    await page.goto(`${url}/leads?create=true`);
    const form = page.getByRole('dialog');
    await form.getByLabel('First name').fill('Nora');
    await form.getByLabel('Last name').fill(last);
    await form.getByLabel('E-mail').fill(`${last.toLowerCase()}@example.com`);
    await form.getByRole('combobox', { name: 'Source' }).click();
    await page
      .getByRole('option', { name: process.env['LEADLOOM_SOURCE'] ?? /web|online/i })
      .first()
      .click();
    await look('lead-form');
    await form.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: `Nora ${last}` }).waitFor();
    const runs = page.getByRole('region', { name: 'Automations' });
    await runs.getByRole('link', { name: 'Welcome new lead' }).first().waitFor();
    await look('lead');
    await runs.getByRole('link', { name: 'Welcome new lead' }).first().click();
    await page.getByRole('heading', { name: /^Run / }).waitFor();
    await page.getByRole('button', { name: /Came online/ }).waitFor();
    await look('run');
  });

  it('finds the mail in the Mailbox', async () => {
    await page.goto(`${url}/mailbox`);
    await page.getByText('Good to see you, Nora').first().click();
    await page.getByRole('article').waitFor();
    await look('mailbox');
  });

  it('has nothing serious to say about the other pages', async () => {
    for (const path of [
      'leads',
      'contacts',
      'accounts',
      'tasks',
      'lists',
      'automations',
      'imports',
      'deliveries',
      'trash',
    ]) {
      await page.goto(`${url}/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForTimeout(600);
      await look(path);
    }
    for (const path of ['fields', 'activity-types', 'mail', 'webhook-secrets', 'journal', 'users']) {
      await page.goto(`${url}/settings/${path}`);
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      await page.waitForTimeout(400);
      await look(`settings-${path}`);
    }
  });

  it('works with the keyboard in the list and the palette', async () => {
    // A second row, so that there is something to move to in an empty installation.
    await page.evaluate(async (name) => {
      const token = /XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1] ?? '';
      await fetch('/api/v1/leads', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-XSRF-TOKEN': decodeURIComponent(token) },
        body: JSON.stringify({
          values: { firstName: 'Second', lastName: `Of ${name}`, phone: '+4930123456' },
        }),
      });
    }, last);
    await page.goto(`${url}/leads`);
    await page.getByRole('row').nth(1).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('2 selected').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(last);
    await page
      .getByRole('option', { name: `Nora ${last}` })
      .first()
      .waitFor();
    await look('palette');
    await page
      .getByRole('option', { name: `Nora ${last}` })
      .first()
      .click();
    await page.getByRole('heading', { name: `Nora ${last}` }).waitFor();
  });

  it('threw no error in the browser', () => {
    expect(opened.errors).toEqual([]);
  });
});
