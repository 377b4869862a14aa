import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get, type Query } from '@/lib/http';

const text = z.nullish(z.string());

export const userSchema = z.looseObject({
  id: z.number(),
  version: z.nullish(z.number()),
  login: z.string(),
  name: z.string(),
  email: text,
  phone: text,
  active: z.nullish(z.boolean()),
  roles: z.nullish(z.array(z.string())),
  teams: z.nullish(z.array(z.number())),
  timeZone: text,
  reportsTo: z.nullish(z.number()),
});
export type User = z.infer<typeof userSchema>;

const schema = z.looseObject({ items: z.array(userSchema), next: text });

async function fetchUsers(query: Query = {}): Promise<User[]> {
  const users: User[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await get(schema, '/users', { ...query, limit: 200, cursor });
    users.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return users.sort((one, other) => one.name.localeCompare(other.name));
}

/** All users by name, inactive ones too. */
export function useUsers() {
  return useQuery({ queryKey: ['users'], queryFn: () => fetchUsers(), staleTime: 5 * 60_000 });
}

/** The active people who work for a partner company (LEAD-201). */
export function usePartnerPeople(company: number | null | undefined) {
  return useQuery({
    queryKey: ['users', 'partner', company],
    queryFn: () => fetchUsers({ partner: company, active: true }),
    enabled: company != null,
    staleTime: 60_000,
  });
}
