import { IconLock } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRecord } from '@/api/changeRecord';
import { useLeadSettings } from '@/api/getChoices';
import { useFields } from '@/api/getSchema';
import { useLeadForm } from '@/api/leadForm';
import { useMayWith, useRights } from '@/api/rights';
import { EmptyState } from '@/components/EmptyState';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ScreenProblem } from '@/components/ScreenProblem';
import { InTrash } from '../components/InTrash';
import { Moved } from '../merge/Moved';
import { LeadForm } from './LeadForm';
import { asked } from './sections';

function FormScreen({ id }: { id: number | undefined }) {
  const { t } = useTranslation();
  const rights = useRights();
  const lead = useRecord('leads', id ?? 0, id !== undefined);
  const form = useLeadForm();
  const settings = useLeadSettings();
  const leads = useFields('leads');
  const accounts = useFields('accounts');
  const contacts = useFields('contacts');
  const mayCreate = useMayWith('leads', 'create');
  const mayEdit = useMayWith('leads', 'edit', lead.data);
  const read = [form, settings, leads, accounts, contacts];
  const failed = [lead, ...read].find((query) => query.error && !query.data);
  if (failed) {
    return (
      <ScreenProblem
        error={failed.error}
        back={{ href: '/leads', label: t('nav.leads') }}
        onRetry={() => {
          for (const query of [lead, ...read]) if (query.error) void query.refetch();
        }}
      />
    );
  }
  if (rights.isPending || read.some((query) => !query.data) || (id !== undefined && !lead.data)) {
    return <PageSkeleton />;
  }
  if (lead.data && lead.data.id !== id) return <Moved entity="leads" from={id ?? 0} record={lead.data} />;
  if (lead.data?.trashedAt != null) return <InTrash entity="leads" record={lead.data} />;
  if (id === undefined ? !mayCreate : !mayEdit) {
    return <EmptyState icon={IconLock} title={t('leadForm.mayNot')} />;
  }
  return (
    <LeadForm
      lead={lead.data}
      inputs={asked(
        form.data ?? [],
        { lead: leads.data ?? [], account: accounts.data ?? [], contact: contacts.data ?? [] },
        settings.data?.stageMandatory ?? false,
      )}
    />
  );
}

/** The complete form for a new lead (LEAD-165). */
export function NewLeadScreen() {
  return <FormScreen key="new" id={undefined} />;
}

/** The complete form of a lead that is there. */
export function EditLeadScreen() {
  const { id } = useParams({ from: '/shell/leads/$id/form' });
  return <FormScreen key={id} id={id} />;
}
