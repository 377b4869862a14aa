import { Button, FileButton, Group, SimpleGrid, Text, Title } from '@mantine/core';
import { IconPlus, IconRoute, IconUpload } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/rights';
import { EmptyState } from '@/components/EmptyState';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { BpmnDocument } from '@/lib/bpmn/document';
import { emptyFlow } from '@/lib/bpmn/flowDraft';
import { useCreateAutomation } from '../api/createAutomation';
import { useTemplates } from '../api/getTemplates';
import classes from './Automation.module.css';

/** The ready-made automations to start from. */
export function GalleryScreen() {
  /** So that the same file can be chosen again. */
  const forget = useRef<(() => void) | null>(null);
  const { t } = useTranslation();
  const mayEdit = useMay('automations', 'edit');
  const navigate = useNavigate();
  const problemText = useProblemText();
  const templates = useTemplates();
  const create = useCreateAutomation();
  const made = {
    onSuccess: ({ id }: { id: number }) => void navigate({ href: `/automations/${id}` }),
    onError: (error: unknown) => toast(problemText(error), { kind: 'bad' as const }),
  };

  const importFile = async (file: File | null) => {
    if (!file) return;
    try {
      const bpmn = await file.text();
      create.mutate({ name: new BpmnDocument(bpmn).name, bpmn }, made);
    } catch (error) {
      toast(t('editor.notBpmn', { why: error instanceof Error ? error.message : '' }), { kind: 'bad' });
    }
  };

  return (
    <Page
      title={t('gallery.title')}
      actions={
        mayEdit && (
          <>
            <FileButton
              resetRef={forget}
              onChange={(file) => {
                forget.current?.();
                void importFile(file);
              }}
              accept=".bpmn,.xml"
            >
              {(props) => (
                <Button {...props} variant="default" leftSection={<IconUpload size={14} />}>
                  {t('editor.import')}
                </Button>
              )}
            </FileButton>
            <Button
              leftSection={<IconPlus size={14} />}
              loading={create.isPending && 'bpmn' in create.variables}
              disabled={create.isPending}
              onClick={() =>
                create.mutate(
                  {
                    name: t('gallery.untitled'),
                    bpmn: emptyFlow({
                      name: t('gallery.untitled'),
                      start: t('gallery.firstTrigger'),
                      end: t('editor.kinds.end'),
                    }),
                  },
                  made,
                )
              }
            >
              {t('gallery.fromNothing')}
            </Button>
          </>
        )
      }
    >
      <Text size="sm" c="dimmed" mb="md">
        {t('gallery.text')}
      </Text>
      {templates.error ? (
        <ProblemAlert error={templates.error} onRetry={() => void templates.refetch()} />
      ) : templates.isPending ? (
        <PageSkeleton />
      ) : templates.data.length === 0 ? (
        <EmptyState icon={IconRoute} title={t('gallery.empty')} />
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
          {templates.data.map((template) => (
            <article key={template.key} className={classes.template} aria-label={template.name}>
              <Title order={2}>{template.name}</Title>
              {template.trigger && (
                <Text size="xs" c="dimmed">
                  {template.trigger}
                </Text>
              )}
              <Text size="sm" flex={1}>
                {template.description}
              </Text>
              <Group>
                {mayEdit && (
                  <Button
                    variant="default"
                    loading={
                      create.isPending &&
                      'template' in create.variables &&
                      create.variables.template === template.key
                    }
                    disabled={create.isPending}
                    onClick={() => create.mutate({ template: template.key }, made)}
                  >
                    {t('gallery.use')}
                  </Button>
                )}
              </Group>
            </article>
          ))}
        </SimpleGrid>
      )}
    </Page>
  );
}
