import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { look as lookAt, type Opened, openBrowser, signIn, url } from './browser';

let opened: Opened;
let page: Page;
const look = (name: string) => lookAt(page, name);
const mark = `card${Date.now() % 10_000_000}`;

/** Asks the server as the page does. */
function ask(method: string, path: string, body?: object): Promise<{ id: number }> {
  return page.evaluate(
    async ([how, where, what]) => {
      const token = /XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1] ?? '';
      const answer = await fetch(`/api/v1${where}`, {
        method: how ?? 'GET',
        headers: { 'Content-Type': 'application/json', 'X-XSRF-TOKEN': decodeURIComponent(token) },
        ...(what && { body: what }),
      });
      return (await answer.json()) as { id: number };
    },
    [method, path, body && JSON.stringify(body)] as const,
  );
}

beforeAll(async () => {
  opened = await openBrowser();
  page = opened.page;
  await signIn(page);
  for (const [index, name] of ['First', 'Middle', 'Last'].entries()) {
    await ask('POST', '/contacts', {
      values: {
        firstName: name,
        lastName: mark,
        city: mark,
        email: `${name}.${mark}@example.com`,
        ...(name !== 'Last' && { phone: `+4930${mark.slice(4).padEnd(7, '1')}${index}` }),
      },
    });
  }
});

afterAll(async () => {
  await opened.browser.close();
});

describe('the page of a contact', () => {
  const heading = (name: string) => page.getByRole('heading', { level: 1, name: `${name} ${mark}` });

  it('ENG-090 ENG-091 steps through the contacts in the order of the list', async () => {
    await page.goto(`${url}/contacts?filter=${encodeURIComponent(`city = "${mark}"`)}`);
    await page.getByRole('link', { name: `Last ${mark}` }).click();
    await heading('Last').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Next contact' }).isEnabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Previous contact' }).isEnabled()).toBe(false);
    await page.getByRole('button', { name: 'Next contact' }).click();
    await heading('Middle').waitFor();
  });

  it('ENG-093 ENG-099 ENG-100 has three tabs with addresses of their own', async () => {
    await page.getByText('Created', { exact: true }).first().waitFor();
    await look('contact-page');
    await page.getByRole('tab', { name: 'General' }).click();
    await page.getByText('Website', { exact: true }).first().waitFor();
    expect(page.url()).toContain('show=general');
    await look('contact-page-general');
    await page.reload();
    await expect
      .poll(() => page.getByRole('tab', { name: 'General' }).getAttribute('aria-selected'))
      .toBe('true');
    await page.getByRole('tab', { name: 'Additional Info' }).click();
    await look('contact-page-additional');
    await page.getByRole('tab', { name: 'Contact', exact: true }).click();
    await page.getByRole('button', { name: /^In now/ }).waitFor();
  });

  it('LEAD-102 ENG-092 writes a text message that then stands among the messages', async () => {
    await page.getByRole('button', { name: 'Text message' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Text' }).fill('Hello {{contact.firstName}}');
    await dialog.getByRole('button', { name: 'Preview' }).click();
    await dialog.getByText('Hello Middle').waitFor();
    await look('contact-message');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.waitFor({ state: 'detached' });
    const messages = page.getByRole('region', { name: 'Messages' });
    await messages.getByText(/SMS/).first().waitFor();
  });

  it('LEAD-102 says in the row why a channel cannot be used', async () => {
    await page.goto(`${url}/contacts?filter=${encodeURIComponent(`city = "${mark}"`)}`);
    await page.getByRole('button', { name: `Write to Last ${mark}` }).click();
    const item = page.getByRole('menuitem', { name: /SMS.*no phone number/ });
    await item.waitFor();
    expect(await item.isDisabled()).toBe(true);
    await look('contact-row-message');
    await page.keyboard.press('Escape');
  });

  it('ENG-103 lists requests of contacts, and SET-015 has its switch', async () => {
    await page.goto(`${url}/contacts/requests`);
    await page.getByRole('heading', { level: 1, name: 'Contact requests' }).waitFor();
    await look('contact-requests');
    await page.goto(`${url}/settings/general`);
    await page.getByRole('switch', { name: /Allow duplicate contacts/ }).waitFor();
    await look('settings-general');
  });
});
