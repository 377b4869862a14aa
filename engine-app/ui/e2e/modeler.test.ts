import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { look as lookAt, type Opened, openBrowser, signIn, url } from './browser';

let opened: Opened;
let page: Page;
const look = (name: string) => lookAt(page, name);
const stamp = Date.now() % 1_000_000;

beforeAll(async () => {
  opened = await openBrowser();
  page = opened.page;
  await signIn(page);
});

/** What is published here must not meet the leads of other tests. */
async function unpublishOwn() {
  await page.evaluate(async (suffix) => {
    const token = /XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1] ?? '';
    const answer = await fetch('/api/v1/automations');
    const { items } = (await answer.json()) as { items: { id: number; name: string; state: string }[] };
    for (const { id, name, state } of items)
      if (name.endsWith(suffix) && state === 'published')
        await fetch(`/api/v1/automations/${id}/unpublish`, {
          method: 'POST',
          headers: { 'X-XSRF-TOKEN': token },
        });
  }, ` ${stamp}`);
}

afterAll(async () => {
  await unpublishOwn();
  expect(opened.errors).toEqual([]);
  await opened.browser.close();
});

const flow = () => page.getByRole('region', { name: 'Flow of the automation' });
const settings = () => page.getByRole('region', { name: 'Settings' });
const card = (name: RegExp) => flow().locator('button[data-card]').and(page.getByRole('button', { name }));

async function addByMouse(after: string, text: string) {
  await flow()
    .getByRole('button', { name: `Add a card after ${after}`, exact: true })
    .first()
    .click();
  await page.getByRole('option', { name: text }).first().click();
}

async function startFromNothing(name: string) {
  await page.goto(`${url}/automations/new`);
  await page.getByRole('button', { name: 'Start from nothing' }).click();
  await flow().waitFor();
  await page.getByLabel('Name of the automation').fill(name);
}

async function publish() {
  await page.getByText('Draft saved').waitFor();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('button', { name: 'Publish now' }).click();
  await page.getByText('Published', { exact: true }).first().waitFor();
}

async function pick(label: Locator, option: string | RegExp) {
  await label.click();
  await page.getByRole('option', { name: option }).first().click();
}

async function addTag(tag: string) {
  const tags = settings().getByRole('combobox', { name: 'Tags' });
  await tags.fill(tag);
  await tags.press('Enter');
  await page.keyboard.press('Escape');
}

async function addLead(values: Record<string, string>): Promise<number> {
  return await page.evaluate(async (body) => {
    const token = /XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1] ?? '';
    const answer = await fetch('/api/v1/leads', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-XSRF-TOKEN': token },
      body: JSON.stringify({ values: body }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return ((await answer.json()) as { id: number }).id;
  }, values);
}

describe('the flow of an automation', () => {
  it('is built from nothing with the mouse, published, and runs', async () => {
    await startFromNothing(`By mouse ${stamp}`);
    await look('flow-empty');
    await addByMouse('Lead created', 'If/Else');
    await look('flow-split');
    await card(/^Yes/).click();
    await settings().getByRole('button', { name: 'Add a condition' }).click();
    await pick(settings().getByRole('combobox', { name: 'Field' }).first(), 'City');
    await settings().getByRole('textbox', { name: 'Value' }).first().fill('Pune');
    await page.keyboard.press('Tab');
    await addByMouse('If/Else', 'Add tag');
    await addTag(`pune-${stamp}`);
    await card(/^No /).waitFor();
    await look('flow-tag');
    await flow().getByRole('button', { name: 'Undo' }).click();
    await flow().getByRole('button', { name: 'Redo' }).click();
    await publish();
    await look('flow-published');
    const id = await addLead({
      firstName: 'Mina',
      lastName: `Mouse${stamp}`,
      email: `mina${stamp}@example.com`,
      source: 'Web',
      city: 'Pune',
    });
    await page.goto(`${url}/leads/${id}`);
    await page.getByText(`pune-${stamp}`).first().waitFor();
  });

  it('is built with the keyboard alone', async () => {
    await startFromNothing(`By keys ${stamp}`);
    await page.keyboard.press('Escape');
    await card(/^Lead created/).focus();
    await page.keyboard.press('+');
    await page.getByRole('combobox', { name: 'Find a card' }).waitFor();
    await page.keyboard.type('star lead');
    await look('flow-palette');
    await page.keyboard.press('Enter');
    await card(/^Star lead/).waitFor();
    await card(/^Star lead/).focus();
    await page.keyboard.press('Control+d');
    await flow()
      .getByRole('button', { name: /^Star lead/ })
      .nth(1)
      .waitFor();
    await card(/^Star lead/)
      .last()
      .focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => card(/^Star lead/).count()).toBe(1);
    await page.keyboard.press('Control+z');
    await expect.poll(() => card(/^Star lead/).count()).toBe(2);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => card(/^Star lead/).count()).toBe(1);
    await card(/^Lead created/).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await settings().getByRole('heading', { name: 'Star lead' }).waitFor();
    await publish();
  });

  it('says before publishing what changes and what it may set off', async () => {
    await startFromNothing(`Again ${stamp}`);
    await addByMouse('Lead created', 'Add tag');
    await addTag(`first-${stamp}`);
    await publish();
    await card(/^Add tag/).click();
    await addTag(`second-${stamp}`);
    await addByMouse('Add tag', 'Update lead');
    await page.getByText('Draft saved').waitFor();
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByRole('status', { name: 'Problems' }).getByText('Update lead').first().waitFor();
    await flow().getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Draft saved').waitFor();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Since version 1').waitFor();
    await dialog.getByText(`first-${stamp}, second-${stamp}`).waitFor();
    await look('flow-publish-again');
    await dialog.getByRole('button', { name: 'Publish now' }).click();
    await page.getByText('Published', { exact: true }).first().waitFor();
  });

  it('orders branches, lets them meet, and says the same as BPMN', async () => {
    await startFromNothing(`Branches ${stamp}`);
    await addByMouse('Lead created', 'Multi If/Else');
    await card(/^Branch 2/).click();
    await flow().getByRole('button', { name: 'Move left: comes sooner' }).click();
    await expect
      .poll(() => flow().locator('[data-card]').allInnerTexts())
      .toEqual([
        expect.stringContaining('Lead created'),
        expect.stringContaining('Multi If/Else'),
        expect.stringContaining('Branch 2'),
        expect.stringContaining('End'),
        expect.stringContaining('Branch 1'),
        expect.stringContaining('End'),
        expect.stringContaining('Else'),
        expect.stringContaining('End'),
      ]);
    await card(/^Branch 1/).press('Alt+ArrowLeft');
    await expect
      .poll(async () => (await flow().locator('[data-card]').allInnerTexts())[2])
      .toContain('Branch 1');
    await card(/^Branch 2/).dragTo(card(/^Branch 1/));
    await expect
      .poll(async () => (await flow().locator('[data-card]').allInnerTexts())[2])
      .toContain('Branch 2');
    await addByMouse('Multi If/Else', 'Wait');
    await look('flow-branches');
    await card(/^End/).last().click();
    await pick(settings().getByRole('combobox', { name: 'Instead of ending, go on at' }), 'Wait');
    await look('flow-meets');
    await page.getByText('BPMN', { exact: true }).click();
    await page.locator('.djs-element').first().waitFor();
    await look('flow-as-bpmn');
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText(/problems keep this from being published/).waitFor();
    await page.getByText('Flow', { exact: true }).click();
    await look('flow-problems');
  });

  it('is read on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByText('On a wider screen it can be changed here.').waitFor();
    expect(
      await flow()
        .getByRole('button', { name: /^Add a card/ })
        .count(),
    ).toBe(0);
    await look('flow-phone');
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});
