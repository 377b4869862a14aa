export { ActivityTypesPage } from './ActivityTypesPage';
export { ApiKeysPage } from './ApiKeysPage';
export { FieldsPage } from './FieldsPage';
export { JournalPage } from './JournalPage';
export { MailPage } from './MailPage';
export { PermissionsPage } from './PermissionsPage';
export { UsersPage } from './UsersPage';
export { WebhookSecretsPage } from './WebhookSecretsPage';
