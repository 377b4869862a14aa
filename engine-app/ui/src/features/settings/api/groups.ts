import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, get } from '@/lib/http';
import { useStaffChange } from './users';

const groupSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  members: z.array(z.number()),
  description: z.nullish(z.string()),
  active: z.nullish(z.boolean()),
  version: z.nullish(z.number()),
});
export type StaffGroup = z.infer<typeof groupSchema>;
export type GroupKind = 'teams' | 'sales-groups';

const pageSchema = z.looseObject({ items: z.array(groupSchema), next: z.nullish(z.string()) });

/** All teams or sales groups by name. */
export function useGroups(kind: GroupKind) {
  return useQuery({
    queryKey: [kind, 'all'],
    queryFn: async () => {
      const groups: StaffGroup[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await get(pageSchema, `/${kind}`, { limit: 200, cursor });
        groups.push(...page.items);
        cursor = page.next;
      } while (cursor);
      return groups;
    },
  });
}

export interface GroupValues {
  name: string;
  members: number[];
  description?: string;
  active?: boolean;
}

export function useSaveGroup(kind: GroupKind, group: StaffGroup | undefined) {
  return useStaffChange((values: GroupValues) =>
    group
      ? act('PATCH', `/${kind}/${group.id}`, { ...values, version: group.version })
      : act('POST', `/${kind}`, values),
  );
}

export function useDeleteGroup(kind: GroupKind) {
  return useStaffChange((id: number) => act('DELETE', `/${kind}/${id}`));
}
