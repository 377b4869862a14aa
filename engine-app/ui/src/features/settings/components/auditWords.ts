import { useTranslation } from 'react-i18next';

/** The kinds of things that are administered: the first part of an action. */
export const KINDS = [
  'session',
  'user',
  'users',
  'team',
  'sales-group',
  'permission-template',
  'authentication-profile',
  'lead-view',
  'audit-trail',
  'api-key',
  'sign-on-provider',
  'account-key',
  'company',
  'feature',
  'profile',
  'setting',
  'webhook-secret',
  'field',
  'tag',
  'custom-value',
  'activity-type',
  'task-type',
  'stage',
  'status',
  'source',
  'group',
  'rating',
  'match-rule',
  'table-definition',
  'process',
  'lead-list',
  'list-upload',
  'dialling-campaign',
  'automation',
  'import',
  'bulk-action',
  'export',
  'consumer',
  'dead-letter',
] as const;

/** An action such as `user.changed` in words; what has no words is shown as it is. */
export function useActionName(): (action: string) => string {
  const { t, i18n } = useTranslation();
  return (action) => {
    const [kind = '', deed = ''] = action.split('.');
    if (!i18n.exists(`audit.kinds.${kind}`)) return action;
    const thing = t(`audit.kinds.${kind as 'user'}`);
    const done = i18n.exists(`audit.deeds.${deed}`) ? t(`audit.deeds.${deed as 'changed'}`) : deed;
    return t('audit.action', { thing, deed: done });
  };
}
