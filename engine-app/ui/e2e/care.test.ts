import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api, look as lookAt, type Opened, openBrowser, signIn, url } from './browser';

/** What people do when something is to be taken back, tried again or brought in. */

let opened: Opened;
let page: Page;
const look = (name: string) => lookAt(page, name);
/** Keeps one run of these tests apart from the others on the same database. */
const mark = `Care${Date.now() % 1_000_000}`;

interface WithId {
  id: number;
}
interface Automation extends WithId {
  draft: string;
  version: number;
}

/** An automation that does one thing to each new lead of a city, published. */
async function published(name: string, city: string, card: string): Promise<number> {
  const bpmn = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:leadloom="https://leadloom.io/schema/bpmn/1" id="d" targetNamespace="x">
  <bpmn:process id="p" name="${name}" isExecutable="true">
    <bpmn:startEvent id="start" name="Lead created">
      <bpmn:extensionElements><leadloom:trigger>{"type":"lead.created","condition":{"criteria":[{"source":"lead","field":"city","operator":"equals","values":["${city}"]}]}}</leadloom:trigger></bpmn:extensionElements>
      <bpmn:outgoing>f1</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:serviceTask id="card" name="Do it">
      <bpmn:extensionElements>${card}</bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:endEvent id="end" name="Done"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="card"/>
    <bpmn:sequenceFlow id="f2" sourceRef="card" targetRef="end"/>
  </bpmn:process>
</bpmn:definitions>`;
  const { id } = await api<WithId>('POST', '/automations', { name, bpmn });
  await api('POST', `/automations/${id}/publish`, {});
  return id;
}

async function lead(values: Record<string, unknown>): Promise<number> {
  return (await api<WithId>('POST', '/leads', { values: { phone: '+4930123456', ...values } })).id;
}

/** The newest run of an automation, once it has got to this status. */
async function runOf(automation: number, status: string): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = await api<{ items: WithId[] }>('GET', `/automations/${automation}/runs?status=${status}`);
    if (found.items[0]) return found.items[0].id;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no run of automation ${automation} is ${status}`);
}

beforeAll(async () => {
  opened = await openBrowser();
  page = opened.page;
  await signIn(page);
});

afterAll(async () => {
  await opened.browser.close();
});

describe('taking back and trying again', () => {
  it('publishes an old version again', async () => {
    const id = await published(
      `${mark} versions`,
      `${mark} A`,
      '<leadloom:card type="lead.star">{}</leadloom:card>',
    );
    const before = await api<Automation>('GET', `/automations/${id}`);
    const bpmn = before.draft.replace('Do it', 'Do it better');
    await api('PUT', `/automations/${id}/draft`, { version: before.version, bpmn });
    await api('POST', `/automations/${id}/publish`, {});
    await page.goto(`${url}/automations/${id}?tab=versions`);
    const table = page.getByRole('table', { name: 'Versions' });
    await table.getByRole('row', { name: /Version 2 · in force/ }).waitFor();
    await table
      .getByRole('row', { name: /Version 1/ })
      .getByRole('button', { name: 'Publish again' })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish again' }).click();
    await table.getByRole('row', { name: /Version 3 · in force/ }).waitFor();
    await look('versions');
    await table.getByRole('button', { name: /Version 3/ }).click();
    await page.getByRole('dialog').getByText('Do it', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('tries a failed card again and skips one', async () => {
    const list = await api<WithId>('POST', '/lists', { name: `${mark} list` });
    const id = await published(
      `${mark} failing`,
      `${mark} B`,
      `<leadloom:card type="list.add">{"list":"${mark} list"}</leadloom:card>`,
    );
    await api('DELETE', `/lists/${list.id}`);
    await lead({ lastName: `${mark} Failing`, city: `${mark} B` });
    await page.goto(`${url}/runs/${await runOf(id, 'failed')}`);
    await page.getByText('This run stands still').waitFor();
    await look('run-failed');
    // The list is still gone: it fails a second time and says so.
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('It is tried again').waitFor();
    await page.getByText('This run stands still').waitFor();
    await page.getByRole('button', { name: 'Skip this step' }).click();
    await page.getByText('The step was skipped').waitFor();
    await page.getByRole('heading', { name: /^Run/ }).locator('..').getByText('Done').waitFor();
  });

  it('sends a failed delivery again', async () => {
    const id = await published(
      `${mark} webhook`,
      `${mark} C`,
      `<leadloom:card type="webhook.call">{"url":"http://127.0.0.1:9/${mark}"}</leadloom:card>`,
    );
    await lead({ lastName: `${mark} Webhook`, city: `${mark} C` });
    await runOf(id, 'done');
    await page.goto(`${url}/deliveries?status=failed`);
    const row = page.getByRole('row', { name: new RegExp(mark) });
    await expect
      .poll(
        async () => {
          await page.reload();
          await page.getByRole('heading', { level: 1 }).waitFor();
          return row.count();
        },
        { timeout: 20_000, interval: 1000 },
      )
      .toBe(1);
    await look('deliveries-failed');
    await row.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('It is sent again').waitFor();
  });

  it('tags several leads, puts them into the trash and takes one back', async () => {
    for (const name of ['One', 'Two']) await lead({ lastName: `${mark} ${name}`, city: `${mark} D` });
    await page.goto(`${url}/leads?filter=${encodeURIComponent(`city = "${mark} D"`)}`);
    await page.getByRole('row').nth(2).waitFor();
    await page.getByRole('row').nth(1).focus();
    await page.keyboard.press('Control+a');
    const bar = page.getByRole('region', { name: 'Selected records' });
    await bar.getByText('2 selected').waitFor();
    await bar.getByRole('button', { name: 'Tag' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Tags' }).fill(`${mark}-tag`);
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Tag', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    // On a busy machine it goes on in the background: what is done is looked up, not read from a message.
    await page.getByText(/2 records tagged|goes on in the background/).waitFor();
    const matching = async (filter: string) =>
      (await api<{ items: unknown[] }>('GET', `/leads?filter=${encodeURIComponent(filter)}`)).items.length;
    const slowly = { timeout: 30_000 };
    await expect.poll(() => matching(`city = "${mark} D" and has tag "${mark}-tag"`), slowly).toBe(2);

    await page.getByRole('row').nth(1).focus();
    await page.keyboard.press('Control+a');
    await bar.getByRole('button', { name: 'Delete' }).click();
    await look('bulk-delete');
    await dialog.getByRole('button', { name: 'Move to the trash' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => matching(`city = "${mark} D"`), slowly).toBe(0);

    await page.goto(`${url}/trash?q=${mark}`);
    await page.getByRole('checkbox', { name: `Select ${mark} One` }).waitFor();
    // With nothing chosen there is no button.
    expect(await page.getByRole('button', { name: 'Restore' }).count()).toBe(0);
    await page.getByRole('checkbox', { name: `Select ${mark} One` }).check();
    await page.getByRole('button', { name: 'Restore' }).click();
    await look('trash-restore');
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
    await page.getByText(`${mark} One is back`).waitFor();
    await page.getByRole('link', { name: `${mark} Two` }).click();
    await page.getByText('This is in the trash').waitFor();
    await look('trashed-lead');
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByText('This is in the trash').waitFor({ state: 'hidden' });
    // The tag came back with it.
    await page.getByText(`${mark}-tag`).first().waitFor();
  });
});

describe('deleting what automations use', () => {
  it('names the automations, and pauses them only when it is asked to', async () => {
    const key = mark.toLowerCase();
    await api('POST', '/schema/lead/fields', { key, label: `${mark} field`, type: 'text', filterable: true });
    const id = await published(
      `${mark} uses it`,
      `${mark} E`,
      `<leadloom:card type="lead.set-fields">{"values":{"${key}":"red"}}</leadloom:card>`,
    );
    const person = await lead({ lastName: `${mark} Coloured`, [key]: 'blue' });
    await page.goto(`${url}/settings/fields`);
    await page.getByRole('button', { name: `Delete ${mark} field` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 record has a value in it and loses it for good.').waitFor();
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await dialog.getByRole('link', { name: `${mark} uses it` }).waitFor();
    await look('field-in-use');
    expect((await api<{ state: string }>('GET', `/automations/${id}`)).state).toBe('published');
    await dialog.getByRole('button', { name: 'Delete all the same' }).click();
    await page.getByText(`${mark} field was deleted`).waitFor();
    const { values } = await api<{ values: object }>('GET', `/leads/${person}`);
    expect(Object.keys(values)).not.toContain(key);

    await page.goto(`${url}/automations?q=${mark}`);
    await page
      .getByRole('row', { name: new RegExp(`${mark} uses it`) })
      .getByText(/was deleted/)
      .waitFor();
    await look('automations-incident');
    await page.getByRole('link', { name: `${mark} uses it` }).click();
    await page.getByRole('alert').getByText('Leadloom paused this automation').waitFor();
    await page.getByRole('button', { name: 'Show the steps' }).click();
    await page.getByText('1 problem keeps this from being published').waitFor();
    await look('automation-incident');
  });

  it('calls an automation everywhere what its editor calls it', async () => {
    const id = await published(
      `${mark} old name`,
      `${mark} F`,
      '<leadloom:card type="lead.star">{}</leadloom:card>',
    );
    await page.goto(`${url}/automations/${id}`);
    await page.getByLabel('Name of the automation').fill(`${mark} new name`);
    await page.getByText('Draft saved').waitFor();
    await page.goto(`${url}/automations?q=${mark}`);
    await page.getByRole('link', { name: `${mark} new name` }).waitFor();
  });
});

describe('bringing in', () => {
  it('imports a file whose columns are mapped by hand', async () => {
    const key = mark.toLowerCase();
    const csv = `Mail,Family,Where,Loan ${mark}\none@${key}.example,Importone,Pune,100\ntwo@${key}.example,Importtwo,Goa,many\nno mail,Importthree,Goa,3\n`;
    await page.goto(`${url}/imports`);
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: `${mark}.csv`, mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'Where does each column go?' }).waitFor();
    await page.getByText(`one@${key}.example`).waitFor();
    const choose = async (column: string, field: string) => {
      const input = page.getByRole('combobox', { name: `Where ${column} goes` });
      await input.click();
      await input.fill(field);
      await page.getByRole('option', { name: field, exact: true }).click();
    };
    // Other names of fields are known; what is suggested can be changed.
    await choose('Family', 'First name');
    // What was chosen elsewhere survives neither a typing error nor a reload by accident: the file is still there.
    await page.reload();
    await page.getByRole('heading', { name: 'Where does each column go?' }).waitFor();
    await choose('Family', 'Last name');
    await page.getByText('3 of 4 columns are imported.').waitFor();
    const match = page.getByRole('combobox', { name: 'Find the record by' });
    await expect.poll(() => match.inputValue()).toBe('E-mail');
    await look('import-columns');
    await page.getByText('3 rows').waitFor();
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByRole('heading', { name: 'What will happen' }).waitFor();
    await page.getByText('2 to create').waitFor();
    await page.getByText('1 to refuse').waitFor();
    await page.getByRole('cell', { name: 'Importtwo', exact: true }).waitFor();
    await look('import-check');
    await page.getByRole('button', { name: 'Import 2 rows' }).click();
    await page.getByRole('link', { name: 'Download the refused rows' }).waitFor();
    await page.getByText('2 created').waitFor();
    await page.getByText('1 refused').waitFor();
    await look('import-result');
    await page.getByRole('button', { name: 'Take the import back' }).click();
    const question = page.getByRole('dialog');
    await question.getByText('2 new records go to the trash').waitFor();
    await look('import-undo');
    await question.getByRole('button', { name: 'Take the import back' }).click();
    await page.getByRole('heading', { name: `Undo: ${mark}.csv` }).waitFor();
    await page.getByRole('button', { name: /^2\s*Successful/ }).waitFor();
    await look('import-undone');
  });
});

describe('people and secrets', () => {
  it('adds a user to a team', async () => {
    await page.goto(`${url}/settings/teams`);
    await page.getByRole('button', { name: 'Add team' }).click();
    await page.getByRole('dialog').getByLabel(/^Name/).fill(`${mark} team`);
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.getByRole('cell', { name: `${mark} team`, exact: true }).waitFor();
    await page.goto(`${url}/settings/users`);
    await page.getByRole('button', { name: 'Add user' }).click();
    const form = page.getByRole('dialog');
    await form
      .getByLabel('Name', { exact: true })
      .or(form.getByLabel(/^Name/))
      .first()
      .fill(`${mark} Person`);
    await form.getByLabel(/^User name/).fill(mark.toLowerCase());
    await form.getByRole('combobox', { name: 'Teams' }).click();
    await page.getByRole('option', { name: `${mark} team` }).click();
    await page.keyboard.press('Escape');
    await form.getByRole('radio', { name: 'Set a password now' }).check();
    await form.getByLabel(/^Password/).fill('long enough!');
    await look('user-form');
    await form.getByRole('button', { name: 'Create' }).click();
    await form.waitFor({ state: 'hidden' });
    const row = page.getByRole('row', { name: new RegExp(`^${mark} Person`) });
    await row.getByText(`${mark} team`).waitFor();
    await row.press('Enter');
    await form.getByRole('switch', { name: 'Active' }).uncheck();
    await form.getByRole('button', { name: 'Save' }).click();
    await row.getByText('Inactive').waitFor();
  });

  it('keeps a webhook secret without showing it again', async () => {
    await page.goto(`${url}/settings/webhook-secrets`);
    await page.getByRole('button', { name: 'Add secret' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel(/^Name/).fill(`${mark}.hook`);
    await form.getByRole('button', { name: 'Make one' }).click();
    await look('secret-form');
    await form.getByRole('button', { name: 'Save' }).click();
    const row = page.getByRole('row', { name: new RegExp(`${mark}.hook`) });
    await row.getByRole('button', { name: 'Remove' }).click();
    await form.getByRole('button', { name: 'Remove' }).click();
    await row.waitFor({ state: 'hidden' });
  });

  it('tells by the bell what an automation wants to be known', async () => {
    await published(
      `${mark} notice`,
      `${mark} E`,
      `<leadloom:card type="user.notify">{"to":"user:admin","subject":"${mark} look here","text":"A lead of {{lead.city}}"}</leadloom:card>`,
    );
    const id = await lead({ lastName: `${mark} Noticed`, city: `${mark} E` });
    await page.goto(url);
    await page.getByRole('button', { name: /^Notices, \d+ unread/ }).click();
    const notice = page.getByRole('link', { name: new RegExp(`${mark} look here`) });
    await notice.waitFor();
    await look('notices');
    await notice.click();
    await page.waitForURL(`**/leads/${id}`);
  });

  it('threw no error in the browser', () => {
    expect(opened.errors).toEqual([]);
  });
});
