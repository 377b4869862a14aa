import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import * as z from 'zod/mini';
import { get } from '@/lib/http';
import type { Field } from './getSchema';
import type { Entity } from './records';
import { isAdministrator, useSession } from './session';

/** The classifying fields of leads, by the key of the field, with the path of their choices. */
export const CHOICE_PATHS = {
  stage: 'stages',
  status: 'statuses',
  source: 'sources',
  group: 'groups',
  rating: 'ratings',
  salesDirection: 'sales-directions',
  serviceProduct: 'services',
  marketingCampaign: 'campaigns',
  distributionChannel: 'channels',
} as const;
export type ChoiceKind = keyof typeof CHOICE_PATHS;
export type ChoicePath = (typeof CHOICE_PATHS)[ChoiceKind];

export const choiceSchema = z.looseObject({
  id: z.number(),
  kind: z.string(),
  label: z.string(),
  position: z.number(),
  colour: z.nullish(z.string()),
  active: z.boolean(),
  hidden: z.boolean(),
  shared: z.boolean(),
  parent: z.nullish(z.number()),
  /** Whether the complete form of leads offers a source. */
  offered: z.nullish(z.boolean()),
  /** Whether it is one of the form's own sources, which stay. */
  builtIn: z.nullish(z.boolean()),
});
export type Choice = z.infer<typeof choiceSchema>;

const schema = z.looseObject({ items: z.array(choiceSchema) });

export function isChoiceKind(key: string): key is ChoiceKind {
  return key in CHOICE_PATHS;
}

/** The choices of a classifying field in display order. */
export function useChoices(kind: ChoiceKind, enabled = true) {
  return useQuery({
    queryKey: ['schema', CHOICE_PATHS[kind]],
    queryFn: async () => (await get(schema, `/schema/${CHOICE_PATHS[kind]}`)).items,
    staleTime: 5 * 60_000,
    enabled,
  });
}

/** The colour of each choice that has one, by its name. */
export function useChoiceColours(kind: ChoiceKind, enabled = true): Map<string, string> {
  const choices = useChoices(kind, enabled).data;
  return useMemo(
    () => new Map((choices ?? []).flatMap(({ label, colour }) => (colour ? [[label, colour]] : []))),
    [choices],
  );
}

export const leadSettingsSchema = z.looseObject({
  stageComments: z.boolean(),
  stageMandatory: z.boolean(),
  stageQuickAdd: z.boolean(),
  stageImport: z.boolean(),
  flagOnAllocation: z.nullish(z.boolean()),
  followUpMail: z.nullish(z.boolean()),
  withoutCompany: z.nullish(z.boolean()),
});
export type LeadSettings = z.infer<typeof leadSettingsSchema>;

/** How leads are worked with. */
export function useLeadSettings(enabled = true) {
  return useQuery({
    queryKey: ['schema', 'lead-settings'],
    queryFn: () => get(leadSettingsSchema, '/schema/lead-settings'),
    staleTime: 5 * 60_000,
    enabled,
  });
}

/**
 * Narrows the fields of leads to what can be chosen beside the other values: the statuses of the stage, without those
 * that only administrators give.
 */
export function useOffered(entity: Entity) {
  const leads = entity === 'leads';
  const stages = useChoices('stage', leads).data;
  const statuses = useChoices('status', leads).data;
  const administrator = isAdministrator(useSession().data);
  const offered = <F extends Pick<Field, 'key' | 'options'>>(
    field: F,
    values: Record<string, unknown>,
  ): F => {
    if (!leads || field.key !== 'status' || !stages || !statuses) return field;
    const stage =
      stages.find(({ label }) => label === values['stage']) ?? stages.find(({ active }) => active);
    const options = statuses
      .filter((status) => status.parent === stage?.id && (administrator || status.shared))
      .map(({ label }) => label);
    return { ...field, options };
  };
  /** Whether the value stands there for this reader only to be read. */
  const fixed = (field: Pick<Field, 'key'>, values: Record<string, unknown>): boolean =>
    leads &&
    field.key === 'status' &&
    !administrator &&
    (statuses ?? []).some(({ label, shared }) => label === values['status'] && !shared);
  return { offered, fixed };
}
