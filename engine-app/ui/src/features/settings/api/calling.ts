import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, call, get, Problem } from '@/lib/http';

const text = z.nullish(z.string());

const columnSchema = z.looseObject({
  name: z.string(),
  field: z.string(),
  label: z.string(),
  type: z.string(),
  nullable: z.boolean(),
  unique: z.boolean(),
  primary: z.boolean(),
});
export type TableColumn = z.infer<typeof columnSchema>;

const tableSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  columns: z.array(columnSchema),
  processes: z.number(),
  version: z.number(),
});
export type TableDefinition = z.infer<typeof tableSchema>;

const processSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  tableDefinition: z.number(),
  timeZone: z.string(),
  defaultCountry: text,
  supervisors: z.array(z.number()),
  agents: z.array(z.number()),
  lists: z.number(),
  version: z.number(),
});
export type Process = z.infer<typeof processSchema>;

const listSchema = z.looseObject({
  id: z.number(),
  process: z.number(),
  name: z.string(),
  timeZone: z.string(),
  owner: z.number(),
  description: text,
  enabled: z.boolean(),
  campaigns: z.number(),
  version: z.number(),
});
export type LeadList = z.infer<typeof listSchema>;

const campaignSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  members: z.array(z.number()),
  lists: z.number(),
  version: z.number(),
});
export type Campaign = z.infer<typeof campaignSchema>;

const assignmentsSchema = z.looseObject({
  items: z.array(z.looseObject({ campaign: campaignSchema, assigned: z.boolean() })),
});

const page = <T extends z.ZodMiniType>(items: T) => z.looseObject({ items: z.array(items), next: text });
const tablesSchema = page(tableSchema);
const processesSchema = page(processSchema);
const listsSchema = page(listSchema);
const campaignsSchema = z.looseObject({ items: z.array(campaignSchema) });

/** All table definitions by name; only administrators may ask. */
export function useTables() {
  return useQuery({
    queryKey: ['table-definitions'],
    queryFn: async () => {
      const all: TableDefinition[] = [];
      let cursor: string | null | undefined;
      do {
        const read = await get(tablesSchema, '/table-definitions', { limit: 200, cursor });
        all.push(...read.items);
        cursor = read.next;
      } while (cursor);
      return all;
    },
  });
}

/** The processes by name that the user keeps: all for administrators, for others those that they supervise. */
export function useProcesses() {
  return useQuery({
    queryKey: ['processes', 'all'],
    queryFn: async () => {
      const all: Process[] = [];
      let cursor: string | null | undefined;
      do {
        const read = await get(processesSchema, '/processes', { limit: 200, cursor });
        all.push(...read.items);
        cursor = read.next;
      } while (cursor);
      return all;
    },
  });
}

/** The columns of a process, for who keeps it. */
export function useTableOf(process: number, enabled: boolean) {
  return useQuery({
    queryKey: ['processes', process, 'table'],
    queryFn: () => get(tableSchema, `/processes/${process}/table`),
    enabled,
  });
}

/** The lead lists of a process by name, in pages. */
export function useLeadLists(process: number, search: string) {
  return useInfiniteQuery({
    queryKey: ['processes', process, 'lead-lists', search],
    queryFn: ({ pageParam }) =>
      get(listsSchema, `/processes/${process}/lead-lists`, { search, limit: 50, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (read) => read.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useCampaigns(process: number) {
  return useQuery({
    queryKey: ['processes', process, 'campaigns'],
    queryFn: async () => (await get(campaignsSchema, `/processes/${process}/campaigns`)).items,
  });
}

/** All campaigns of a list's process, and which of them it is assigned to. */
export function useAssignments(process: number, list: number) {
  return useQuery({
    queryKey: ['processes', process, 'assignments', list],
    queryFn: async () => (await get(assignmentsSchema, `/lead-lists/${list}/campaigns`)).items,
  });
}

/**
 * Changes something in processes; all that shows them is read anew, also when it turns out to be gone.
 *
 * @param shown whether the change is under way until what it made is shown
 */
function useCallingChange<T, R>(change: (value: T) => Promise<R>, shown = false) {
  const client = useQueryClient();
  const readAnew = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['processes'] }),
      client.invalidateQueries({ queryKey: ['table-definitions'] }),
    ]);
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      const read = readAnew();
      if (shown) await read;
    },
    onError: (error) => {
      if (error instanceof Problem && error.status === 404) void readAnew();
    },
  });
}

/** One lead list as it is now. */
export function fetchLeadList(id: number): Promise<LeadList> {
  return get(listSchema, `/lead-lists/${id}`);
}

export interface ColumnValues {
  name: string;
  field: string;
  nullable: boolean;
  unique: boolean;
  primary: boolean;
}

export function useSaveTable(table: TableDefinition | undefined) {
  return useCallingChange((values: { name: string; columns: ColumnValues[] }) =>
    table
      ? act('PATCH', `/table-definitions/${table.id}`, { ...values, version: table.version })
      : act('POST', '/table-definitions', values),
  );
}

export function useDeleteTable() {
  return useCallingChange((id: number) => act('DELETE', `/table-definitions/${id}`));
}

export interface ProcessValues {
  name: string;
  tableDefinition: number | null;
  timeZone: string;
  defaultCountry: string;
  supervisors: number[];
  agents: number[];
}

export function useSaveProcess(process: Process | undefined) {
  return useCallingChange((values: ProcessValues) =>
    process
      ? act('PATCH', `/processes/${process.id}`, { ...values, version: process.version })
      : act('POST', '/processes', values),
  );
}

export function useDeleteProcess() {
  return useCallingChange((id: number) => act('DELETE', `/processes/${id}`));
}

export interface ListValues {
  name: string;
  timeZone: string;
  owner: number | null;
  description: string;
}

export function useSaveLeadList(process: number, list: LeadList | undefined) {
  return useCallingChange((values: ListValues) =>
    list
      ? call('PATCH', listSchema, `/lead-lists/${list.id}`, { ...values, version: list.version })
      : call('POST', listSchema, `/processes/${process}/lead-lists`, values),
  );
}

export function useEnableLeadList() {
  return useCallingChange(
    ({ id, enabled }: { id: number; enabled: boolean }) => act('PATCH', `/lead-lists/${id}`, { enabled }),
    true,
  );
}

export function useDeleteLeadList() {
  return useCallingChange((id: number) => act('DELETE', `/lead-lists/${id}`));
}

export function useMoveCampaigns(list: number) {
  return useCallingChange((move: { assign: number[]; release: number[] }) =>
    act('PATCH', `/lead-lists/${list}/campaigns`, move),
  );
}

export function useSaveCampaign(process: number, campaign: Campaign | undefined) {
  return useCallingChange((values: { name: string; members: number[] }) =>
    campaign
      ? act('PATCH', `/dialling-campaigns/${campaign.id}`, { ...values, version: campaign.version })
      : act('POST', `/processes/${process}/campaigns`, values),
  );
}

export function useDeleteCampaign() {
  return useCallingChange((id: number) => act('DELETE', `/dialling-campaigns/${id}`));
}
