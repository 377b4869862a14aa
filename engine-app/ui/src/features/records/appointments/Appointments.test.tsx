import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { useSession } from '@/api/session';
import { setPlace } from '@/lib/format';
import { startI18n } from '@/lib/i18n';
import { json, serve, stubBrowser, USUAL } from '@/test/app';
import { show } from '@/test/server';
import { Timeline } from '../components/Timeline';
import { AppointmentForm } from './AppointmentForm';
import { AppointmentsPanel } from './AppointmentsPanel';

const free = (timeZone: string, starts: string[] = []) => ({
  timeZone,
  hours: true,
  slots: starts.map((start) => ({ start, end: start })),
  unasked: [],
  askedAt: '2026-12-01T00:00:00Z',
});

/** As on the page of a lead, where it is known who is signed in. */
function Form() {
  return useSession().data ? <AppointmentForm record="lead/1" onDone={() => undefined} /> : null;
}

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => setPlace({ timeZone: 'Europe/Berlin' }));
afterEach(cleanup);

it('ENG-068: what is changed after a refusal is another booking, what is not is the same', async () => {
  const calls = serve((call) =>
    call.path.endsWith('/free-slots')
      ? json(free('Europe/Berlin'))
      : call.method === 'POST'
        ? json({ title: 'Unprocessable', status: 422, detail: 'Not so', violations: [] }, 422)
        : undefined,
  );
  const posts = () => calls.filter((call) => call.method === 'POST');
  show(<Form />);
  fireEvent.change(await screen.findByLabelText(/^Time/), { target: { value: '10:00' } });
  const book = screen.getByRole('button', { name: 'Book' });
  fireEvent.click(book);
  await expect.poll(() => posts().length).toBe(1);
  await screen.findByText('Not so');
  fireEvent.click(book);
  await expect.poll(() => posts().length).toBe(2);
  await screen.findByText('Not so');
  fireEvent.change(screen.getByLabelText('Notes'), { target: { value: 'Prices' } });
  fireEvent.click(screen.getByRole('button', { name: 'Book' }));
  await expect.poll(() => posts().length).toBe(3);
  const [first, second, third] = posts().map((call) => call.headers['Idempotency-Key']);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

it('ENG-067: free times are those of the day of the reader, wherever the owner lives', async () => {
  const calls = serve((call) => {
    if (call.path.endsWith('/free-slots')) {
      return json(
        free('America/Los_Angeles', [
          '2026-11-30T22:00:00Z',
          '2026-12-01T07:30:00Z',
          '2026-12-01T22:30:00Z',
          '2026-12-01T23:30:00Z',
        ]),
      );
    }
    return undefined;
  });
  show(<Form />);
  fireEvent.change(await screen.findByLabelText('Day'), { target: { value: '2026-12-01' } });
  await expect.poll(() => screen.queryByRole('radio', { name: '23:30' })).toBeTruthy();
  expect(screen.getAllByRole('radio')).toHaveLength(2);
  expect(screen.getByRole('radio', { name: '08:30' })).toBeTruthy();
  expect(screen.getByText(/works in America\/Los_Angeles/)).toBeTruthy();
  const asked = calls.filter((call) => call.path.endsWith('/free-slots')).at(-1);
  expect([asked?.query.get('from'), asked?.query.get('to')]).toEqual(['2026-11-30', '2026-12-02']);
});

it('ENG-063: offers all seven, and says why one cannot be chosen', async () => {
  const day = new Date(Date.now() + 86_400_000).toISOString();
  serve((call) =>
    call.path === '/appointments'
      ? json({
          items: [
            { id: 1, owner: 1, ownerName: 'Ann', start: day, end: day, status: 'confirmed', version: 1 },
          ],
          next: null,
        })
      : USUAL[call.path]
        ? undefined
        : json({ items: [] }),
  );
  show(<AppointmentsPanel record="lead/1" />);
  fireEvent.click(await screen.findByRole('button', { name: /Actions for the appointment/ }));
  const items = await screen.findAllByRole('menuitem');
  expect(items.map((item) => item.textContent)).toEqual([
    'Reschedule',
    'ConfirmedThat is how it stands',
    'Invalid',
    'Cancelled',
    'ShowedOnce it has begun',
    'No-ShowOnce it has begun',
    'Delete',
  ]);
  expect(items.map((item) => (item as HTMLButtonElement).disabled)).toEqual([
    false,
    true,
    false,
    false,
    true,
    true,
    false,
  ]);
});

it('the timeline tells when an appointment is, was and how it stands', async () => {
  serve((call) =>
    call.path.endsWith('/timeline')
      ? json({
          items: [
            {
              id: '1-2',
              at: '2026-11-30T08:00:00Z',
              kind: 'lead.appointmentChanged',
              ref: 'lead/1',
              appointment: {
                start: '2026-12-01T09:00:00Z',
                end: '2026-12-01T09:30:00Z',
                status: 'no-show',
                before: '2026-12-01T08:00:00Z',
              },
              cause: { kind: 'user', userName: 'Ann' },
            },
          ],
        })
      : undefined,
  );
  show(<Timeline entity="leads" id={1} kinds="appointments" onKinds={() => undefined} />);
  await screen.findByText('Appointment changed');
  screen.getByText(/10:00.*10:30.* · No-Show · before .*9:00/);
});

it('ENG-068: says what takes the time, and what could not be asked, and nothing red of users out of reach', async () => {
  let reached = true;
  serve((call) =>
    call.path.endsWith('/free-slots')
      ? reached
        ? json({
            ...free('Europe/Berlin'),
            unasked: [
              { calendar: 'Team', reason: 'It is away' },
              { calendar: 'Team', reason: 'It is away, too' },
            ],
          })
        : json({ title: 'Not found', status: 404, detail: 'There is no user 1' }, 404)
      : call.method === 'POST'
        ? json(
            {
              title: 'Conflict',
              status: 409,
              detail: 'The time is taken',
              violations: [
                {
                  field: 'confirm',
                  value: '2026-12-01T09:00:00Z/2026-12-01T09:30:00Z',
                  expectation: 'true, to book all the same, because there is an appointment then',
                },
                {
                  field: 'confirm',
                  value: '2026-12-01T09:00:00Z/2026-12-01T10:00:00Z',
                  expectation: 'true, to book all the same, because the calendar Holidays is busy then',
                },
              ],
            },
            409,
          )
        : undefined,
  );
  show(<Form />);
  fireEvent.change(await screen.findByLabelText(/^Time/), { target: { value: '10:00' } });
  await expect.poll(() => screen.queryAllByText(/Team could not be asked/)).toHaveLength(2);
  fireEvent.click(screen.getByRole('button', { name: 'Book' }));
  await screen.findByText(/another appointment$/);
  expect(screen.getByText(/calendar Holidays$/)).toBeTruthy();

  const day = screen.getByLabelText('Day');
  fireEvent.change(day, { target: { value: '' } });
  await screen.findByText('Choose an owner and a day to see free times.');
  reached = false;
  fireEvent.change(day, { target: { value: '2026-12-09' } });
  await screen.findByText('You cannot book appointments for this user.');
  expect(screen.queryByText('There is no user 1')).toBeNull();
});

it('shows earlier appointments, too', async () => {
  const one = (id: number, start: string) => ({
    id,
    owner: 1,
    ownerName: 'Ann',
    start,
    end: start,
    status: 'confirmed',
    notes: `Number ${id}`,
    version: 1,
  });
  serve((call) =>
    call.path === '/appointments'
      ? call.query.get('cursor') === 'next'
        ? json({ items: [one(1, '2026-01-01T09:00:00Z')], next: null })
        : json({ items: [one(2, '2026-02-01T09:00:00Z')], next: 'next' })
      : USUAL[call.path]
        ? undefined
        : json({ items: [] }),
  );
  show(<AppointmentsPanel record="lead/1" />);
  await screen.findByText('Number 2');
  fireEvent.click(screen.getByRole('button', { name: 'Show earlier ones' }));
  await screen.findByText('Number 1');
  expect(screen.queryByRole('button', { name: 'Show earlier ones' })).toBeNull();
});
