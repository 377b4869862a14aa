import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';

const contactSchema = z.looseObject({
  id: z.number(),
  process: z.number(),
  name: z.nullish(z.string()),
  number: z.nullish(z.string()),
  values: z.record(z.string(), z.unknown()),
  leads: z.number(),
  some: z.nullish(z.array(z.looseObject({ id: z.number(), list: z.number(), listName: z.string() }))),
  createdAt: z.string(),
});
export type ProcessContact = z.infer<typeof contactSchema>;

const pageSchema = z.looseObject({ items: z.array(contactSchema), next: z.nullish(z.string()) });

/** The contacts of a process in pages, the newest first. */
export function useProcessContacts(process: number, search: string) {
  return useInfiniteQuery({
    queryKey: ['processes', process, 'contacts', search],
    queryFn: ({ pageParam }) =>
      get(pageSchema, `/processes/${process}/contacts`, { search, limit: 50, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (read) => read.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** One contact of a process, with its latest leads. */
export function useProcessContact(process: number, contact: number) {
  return useQuery({
    queryKey: ['processes', process, 'contact', contact],
    queryFn: () => get(contactSchema, `/process-contacts/${contact}`),
  });
}
