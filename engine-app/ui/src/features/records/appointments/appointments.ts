import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { timeZone, toLocalInput } from '@/lib/format';
import { act, call, get } from '@/lib/http';

const text = z.nullish(z.string());

const appointmentSchema = z.looseObject({
  id: z.number(),
  owner: z.number(),
  ownerName: z.string(),
  /** What it is with; null for who may not see that. */
  record: text,
  name: text,
  start: z.string(),
  end: z.string(),
  status: z.string(),
  notes: text,
  version: z.number(),
  /** The outside calendar; for its owner. */
  calendar: text,
  /** How its entry there stands. */
  entry: text,
  problem: text,
});
export type Appointment = z.infer<typeof appointmentSchema>;

export const STATUSES = ['new', 'confirmed', 'showed', 'no-show', 'cancelled', 'invalid'] as const;

/** What every appointment offers beside moving and deleting, in this order (ENG-063). */
export const OFFERED = ['confirmed', 'invalid', 'cancelled', 'showed', 'no-show'] as const;

export const isStatus = (status: string): status is (typeof STATUSES)[number] =>
  (STATUSES as readonly string[]).includes(status);

const unasked = z.array(z.looseObject({ calendar: z.string(), reason: z.string() }));
const bookedSchema = z.extend(appointmentSchema, { unasked });

const freeSchema = z.looseObject({
  timeZone: z.string(),
  hours: z.boolean(),
  slots: z.array(z.looseObject({ start: z.string(), end: z.string() })),
  unasked,
  askedAt: z.string(),
});

const PATH = '/appointments';
const key = ['appointments'];

const pageSchema = z.looseObject({ items: z.array(appointmentSchema), next: text });

/**
 * Those with a lead or contact, such as lead/42, twenty at a time, the latest first; soon again while an entry is on its
 * way.
 */
export function useAppointments(record: string) {
  return useInfiniteQuery({
    queryKey: [...key, record],
    queryFn: ({ pageParam }) => get(pageSchema, PATH, { record, limit: 20, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.items.some((one) => one.entry === 'waiting'))
        ? 3_000
        : false,
  });
}

const DAY = 86_400_000;
const daysFrom = (day: string, days: number) =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

/** Whether a day is typed whole. */
export const isDay = (day: string) => /^\d{4}-\d{2}-\d{2}$/.test(day);

/**
 * When somebody is free on a day of the reader, which may be parts of two days where that somebody lives.
 *
 * @param moved the appointment that is to be moved, whose own time is free for it
 */
export function useFreeSlots(user: number | null, day: string, minutes: number, moved?: number) {
  return useQuery({
    queryKey: [...key, 'free', user, day, minutes, moved ?? null, timeZone()],
    queryFn: async () => {
      const span = { from: daysFrom(day, -1), to: daysFrom(day, 1), minutes, moved };
      const free = await get(freeSchema, `/users/${user}/free-slots`, span);
      return { ...free, slots: free.slots.filter((slot) => toLocalInput(slot.start).startsWith(day)) };
    },
    enabled: user !== null && isDay(day),
  });
}

function useChange<T, R>(change: (given: T) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => void client.invalidateQueries({ queryKey: key }),
  });
}

export interface Booking {
  record: string;
  owner: number;
  start: string;
  minutes: number;
  notes: string;
  confirm: boolean;
}

/** @param once of what is asked for: whatever is changed in it makes another booking, and so does confirming */
export function useBook(once: string) {
  return useChange((booking: Booking) =>
    call('POST', bookedSchema, PATH, booking, undefined, `${once}:${booking.confirm}`),
  );
}

export function useChangeAppointment() {
  return useChange(
    ({
      id,
      ...change
    }: {
      id: number;
      version: number;
      status?: string;
      start?: string;
      minutes?: number;
      confirm?: boolean;
    }) => call('PATCH', bookedSchema, `${PATH}/${id}`, change),
  );
}

export function useDeleteAppointment() {
  return useChange((id: number) => act('DELETE', `${PATH}/${id}`));
}
