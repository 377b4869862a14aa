import { Center, Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiagramProps } from './BpmnCanvas';

const Canvas = lazy(() => import('./BpmnCanvas').then((module) => ({ default: module.BpmnCanvas })));

/** A BPMN diagram to look at; its code is loaded when it is first shown. */
export function BpmnDiagram(props: DiagramProps) {
  const { t } = useTranslation();
  return (
    <Suspense
      fallback={
        <Center h="100%" mih={200} role="status" aria-label={t('common.loading')}>
          <Loader size="sm" />
        </Center>
      }
    >
      <Canvas {...props} />
    </Suspense>
  );
}
