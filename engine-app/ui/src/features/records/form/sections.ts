import type { FormInput } from '@/api/leadForm';
import type { Field } from '@/api/getSchema';

/** The parts of the form, with the keys of their inputs in order. */
export const SECTIONS = [
  {
    key: 'query',
    inputs: [
      'leadName',
      'source',
      'salesDirection',
      'serviceProduct',
      'marketingCampaign',
      'distributionChannel',
      'requirements',
    ],
  },
  {
    key: 'company',
    tick: 'newCompany',
    inputs: ['company', 'account', 'companyName', 'companyWebsite', 'companyTin', 'city'],
  },
  {
    key: 'contact',
    tick: 'newContact',
    inputs: ['contact', 'firstName', 'middleName', 'lastName', 'contactPhone', 'contactEmail', 'jobTitle'],
  },
  {
    key: 'work',
    inputs: ['stage', 'status', 'group', 'rating', 'owner', 'partnerCompany', 'partnerRepresentative'],
  },
] as const;

/** Fields of leads that the form asks for beside its own inputs. */
export const CLASSIFYING = ['stage', 'status', 'group', 'rating'];

/** Inputs whose name in the form is not that of the field they fill. */
export const NAMED = [
  'leadName',
  'company',
  'account',
  'companyName',
  'companyWebsite',
  'companyTin',
  'city',
  'contact',
  'firstName',
  'middleName',
  'lastName',
  'contactPhone',
  'contactEmail',
] as const;

/** What one can fill in: an input of the form, or a further field of the lead. */
export interface Asked {
  key: string;
  field: Field;
  shown: FormInput['shown'];
  mandatory: boolean;
  readOnly: boolean;
}

/**
 * All that is asked for.
 *
 * @param fields the fields of each kind of record that the form fills
 */
export function asked(
  inputs: FormInput[],
  fields: Record<FormInput['entity'], Field[]>,
  stageMandatory: boolean,
): Asked[] {
  const own = inputs.flatMap((input) => {
    const field = fields[input.entity].find(({ key }) => key === input.field);
    return field
      ? [{ key: input.key, field, shown: input.shown, mandatory: input.mandatory, readOnly: input.readOnly }]
      : [];
  });
  const further = fields.lead
    .filter((field) => !field.readOnly && (CLASSIFYING.includes(field.key) || field.system !== true))
    .map((field) => ({
      key: field.key,
      field,
      shown: 'always' as const,
      mandatory: field.mandatory === true || (field.key === 'stage' && stageMandatory),
      readOnly: false,
    }));
  return [...own, ...further];
}
