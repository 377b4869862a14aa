import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

/** Where the application is, who signs in, and where pictures of the pages go (nowhere by default). */
export const url = process.env['LEADLOOM_URL'] ?? 'http://localhost:8080';
export const login = process.env['LEADLOOM_LOGIN'] ?? 'admin';
export const password = process.env['LEADLOOM_PASSWORD'] ?? 'leadloom';
const shots = process.env['LEADLOOM_SHOTS'];
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A browser with one page, which remembers what went wrong in it. */
export interface Opened {
  browser: Browser;
  page: Page;
  errors: string[];
}

export async function openBrowser(): Promise<Opened> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return { browser, page, errors };
}

/** Signs in; the administrator when nobody is named. */
export async function signIn(page: Page, as: { login: string; password: string } = { login, password }) {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('User name').fill(as.login);
  await page.getByLabel('Password').first().fill(as.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: /^Hello/ }).waitFor();
}

interface Finding {
  id: string;
  impact: string | null;
  nodes: { html: string; target: string[] }[];
}

/** Serious accessibility findings of the page as it stands. */
async function serious(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const findings = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(context: object, options: object): Promise<{ violations: unknown[] }> };
    };
    // A mail's content is not ours.
    const result = await axe.run(
      { exclude: ['iframe'] },
      { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] },
    );
    // A dialog covers parts of what lies behind it, and nobody can press that while it is open.
    const modal = document.querySelector('[aria-modal="true"]');
    const within = (node: { target: string[] }) =>
      modal === null || modal.contains(document.querySelector(node.target[0] ?? ':root'));
    return (result.violations as Finding[])
      .map((found) => (found.id === 'target-size' ? { ...found, nodes: found.nodes.filter(within) } : found))
      .filter((found) => found.nodes.length > 0);
  });
  return findings
    .filter((finding) => finding.impact === 'serious' || finding.impact === 'critical')
    .map((finding) => `${finding.id}: ${finding.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

/** What cannot be called by the words that are seen on it, as people do who speak to their browser. */
export async function misnamed(page: Page, within: string): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async (context) => {
    const { axe } = globalThis as unknown as {
      axe: { run(context: string, options: object): Promise<{ violations: Finding[] }> };
    };
    const result = await axe.run(context, {
      runOnly: { type: 'rule', values: ['label-content-name-mismatch'] },
    });
    return result.violations.flatMap((finding) => finding.nodes.map((node) => node.html));
  }, within);
}

/** Looks at the page: a picture where one is wanted, and nothing serious for those who cannot see it. */
export async function look(page: Page, name: string): Promise<void> {
  // What fades in has arrived.
  await page.waitForTimeout(300);
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
  expect(await serious(page), name).toEqual([]);
}

/** The settings of the company that can be changed, as they are. */
export interface CompanySettings {
  version: number;
  name: string;
  email: string | null;
  phone: string | null;
  website: string | null;
  timeZone: string | null;
  address: Record<string, string | null> | null;
}

/** Changes some of the company's settings and leaves the others as they are. */
export async function changeCompany(changes: Partial<CompanySettings>): Promise<void> {
  const { version, name, email, phone, website, timeZone, address } = await api<CompanySettings>(
    'GET',
    '/settings/company',
  );
  await api('PUT', '/settings/company', {
    version,
    name: name || 'Leadloom',
    email,
    phone,
    website,
    timeZone,
    address,
    ...changes,
  });
}

/** Puts all settings of the company back as they were. */
export async function putCompanyBack(before: CompanySettings): Promise<void> {
  const { name, email, phone, website, timeZone, address } = before;
  await changeCompany({ name: name || 'Leadloom', email, phone, website, timeZone, address });
}

/** What the signed-in user can change in the own profile, as it is. */
export async function ownProfile(): Promise<Record<string, unknown>> {
  const profile = await api('GET', '/profile');
  const own = [
    ...['name', 'email', 'phone', 'mobile', 'jobTitle', 'timeZone', 'locale'],
    ...['meetingLocation', 'availability', 'signature', 'followUpMail'],
  ];
  return Object.fromEntries(own.map((key) => [key, profile[key]]));
}

/** Changes some of the own profile and leaves the rest as it is. */
export async function changeProfile(changes: Record<string, unknown>): Promise<void> {
  const { version } = await api('GET', '/profile');
  await api('PUT', '/profile', { ...(await ownProfile()), ...changes, version });
}

/** Calls the server beside the browser, to set the stage. */
export async function api<T = Record<string, unknown>>(
  method: string,
  path: string,
  body?: unknown,
  as: { login: string; password: string } = { login, password },
): Promise<T> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      Authorization: `Basic ${Buffer.from(`${as.login}:${as.password}`).toString('base64')}`,
      'Content-Type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === '' ? null : JSON.parse(text)) as T;
}
