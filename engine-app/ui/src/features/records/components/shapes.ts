/** Where the note on a page is written. */
export const NEW_NOTE = 'new-note';

/** The fields that a new record is asked for first. */
export const ASKED = {
  leads: ['firstName', 'lastName', 'email', 'phone', 'company', 'city', 'source', 'stage', 'owner'],
  contacts: ['firstName', 'lastName', 'email', 'phone', 'city', 'account', 'owner'],
  accounts: ['name', 'website', 'phone', 'industry', 'city', 'owner'],
  opportunities: ['name', 'contact', 'pipeline', 'stage', 'value', 'status', 'account', 'owner'],
  tasks: ['title', 'type', 'dueAt', 'owner', 'lead', 'notes'],
};

/** The facts that stand at the left of a record's page even when they are empty; for leads their view says which. */
export const KEY_FACTS = {
  contacts: [
    'firstName',
    'lastName',
    'email',
    'phone',
    'mobile',
    'doNotEmail',
    'doNotText',
    'owner',
    'source',
    'createdAt',
  ],
  accounts: ['name', 'website', 'phone', 'industry', 'stage', 'city', 'employees', 'annualRevenue', 'owner'],
  opportunities: [
    'name',
    'contact',
    'account',
    'pipeline',
    'stage',
    'status',
    'value',
    'source',
    'owner',
    'lead',
    'closedAt',
  ],
  tasks: ['title', 'type', 'status', 'dueAt', 'remindAt', 'owner', 'lead', 'contact', 'account', 'notes'],
};

/** What the General tab of a contact holds (ENG-099). */
export const GENERAL_FACTS = ['account', 'street', 'zip', 'city', 'state', 'country', 'website'];
