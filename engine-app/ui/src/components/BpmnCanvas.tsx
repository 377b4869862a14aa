import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css';
import { ActionIcon, Group } from '@mantine/core';
import { IconFocusCentered, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BpmnDocument } from '@/lib/bpmn/document';
import { labelsAboveGateways, roomForLabels } from '@/lib/bpmn/labels';
import classes from './BpmnCanvas.module.css';
import { ProblemAlert } from './ProblemAlert';

export type Mark = 'taken' | 'current' | 'failed' | 'chosen' | 'problem';

/** A counter on an element. */
export interface Badge {
  text: string;
  title: string;
  tone?: 'bad' | 'warn' | 'plain';
}

export interface DiagramProps {
  bpmn: string;
  label: string;
  /** What each element or flow is, by id. */
  marks?: Record<string, Mark> | undefined;
  /** Small texts beside elements, by id. */
  badges?: Record<string, Badge[]> | undefined;
  onChoose?: ((id: string | undefined) => void) | undefined;
}

interface Canvas {
  zoom(level: number | 'fit-viewport', center?: 'auto'): number;
  addMarker(id: string, marker: string): void;
  removeMarker(id: string, marker: string): void;
}
interface Overlays {
  add(id: string, overlay: { position: object; html: HTMLElement }): string;
  clear(): void;
}
interface Registry {
  get(id: string): unknown;
}
interface EventBus {
  on(
    event: string,
    handler: (event: { element: { id: string; type: string; labelTarget?: { id: string } } }) => void,
  ): void;
}

/** Named, not inherited: texts are measured outside of the page's styles. */
const FONT = 'system-ui, "Segoe UI", Roboto, sans-serif';

/** The width of a text in the font of the diagram. */
function measure(text: string): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return text.length * 7;
  context.font = `12px ${FONT}`;
  return context.measureText(text).width;
}

async function laidOut(bpmn: string): Promise<string> {
  if (new BpmnDocument(bpmn).hasDiagram()) return roomForLabels(bpmn, measure);
  const { layoutProcess } = await import('bpmn-auto-layout');
  return roomForLabels(labelsAboveGateways(await layoutProcess(bpmn)), measure);
}

/** Shows the whole diagram with some air around it, never larger than it was drawn. */
function fit(canvas: Canvas): void {
  const scale = canvas.zoom('fit-viewport', 'auto');
  canvas.zoom(Math.min(1, scale * 0.94), 'auto');
}

/** Draws a BPMN document, marks elements and puts counters on them. */
export function BpmnCanvas({ bpmn, label, marks, badges, onChoose }: DiagramProps) {
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<NavigatedViewer | null>(null);
  const [drawn, setDrawn] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const choose = useRef(onChoose);
  useEffect(() => {
    choose.current = onChoose;
  }, [onChoose]);

  useEffect(() => {
    if (!host.current) return;
    const made = new NavigatedViewer({
      container: host.current,
      bpmnRenderer: {
        defaultFillColor: 'var(--ll-surface)',
        defaultStrokeColor: 'var(--mantine-color-text)',
        defaultLabelColor: 'var(--mantine-color-text)',
      },
      textRenderer: {
        defaultStyle: { fontFamily: FONT, fontSize: 12 },
        externalStyle: { fontFamily: FONT, fontSize: 12 },
      },
    } as ConstructorParameters<typeof NavigatedViewer>[0]);
    made.get<EventBus>('eventBus').on('element.click', ({ element }) => {
      const whole = /Process|Collaboration/.test(element.type);
      choose.current?.(whole ? undefined : (element.labelTarget?.id ?? element.id));
    });
    setViewer(made);
    return () => {
      made.destroy();
      setViewer(null);
    };
  }, []);

  const first = useRef(true);
  useEffect(() => {
    if (!viewer) return;
    let stale = false;
    void (async () => {
      try {
        const text = await laidOut(bpmn);
        if (stale) return;
        await viewer.importXML(text);
        if (first.current) fit(viewer.get<Canvas>('canvas'));
        first.current = false;
        setError(null);
        setDrawn((count) => count + 1);
      } catch (problem) {
        if (!stale) setError(problem);
      }
    })();
    return () => {
      stale = true;
    };
  }, [viewer, bpmn]);

  useEffect(() => {
    if (!viewer || drawn === 0) return;
    const canvas = viewer.get<Canvas>('canvas');
    const registry = viewer.get<Registry>('elementRegistry');
    const set = Object.entries(marks ?? {}).filter(([id]) => registry.get(id));
    for (const [id, mark] of set) canvas.addMarker(id, `ll-${mark}`);
    return () => {
      for (const [id, mark] of set) if (registry.get(id)) canvas.removeMarker(id, `ll-${mark}`);
    };
  }, [viewer, drawn, marks]);

  useEffect(() => {
    if (!viewer || drawn === 0) return;
    const overlays = viewer.get<Overlays>('overlays');
    const registry = viewer.get<Registry>('elementRegistry');
    overlays.clear();
    for (const [id, entries] of Object.entries(badges ?? {})) {
      if (!registry.get(id)) continue;
      const html = document.createElement('div');
      html.className = classes.badges ?? '';
      for (const entry of entries) {
        const badge = document.createElement('span');
        badge.className = classes.badge ?? '';
        badge.dataset['tone'] = entry.tone ?? 'plain';
        badge.textContent = entry.text;
        badge.title = entry.title;
        html.append(badge);
      }
      // At the upper right corner: names stand under events and within cards.
      overlays.add(id, { position: { top: -10, right: 12 }, html });
    }
  }, [viewer, drawn, badges]);

  const zoom = (factor: number) => {
    const canvas = viewer?.get<Canvas>('canvas');
    if (!canvas) return;
    if (factor === 0) fit(canvas);
    else canvas.zoom((canvas as unknown as { viewbox(): { scale: number } }).viewbox().scale * factor);
  };

  return (
    <div className={classes.frame} role="figure" aria-label={label}>
      {error !== null && <ProblemAlert error={error} m="sm" />}
      <div ref={host} className={classes.host} />
      <Group gap={2} className={classes.zoom}>
        <ActionIcon variant="default" aria-label={t('diagram.in')} onClick={() => zoom(1.25)}>
          <IconZoomIn size={16} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('diagram.out')} onClick={() => zoom(0.8)}>
          <IconZoomOut size={16} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('diagram.fit')} onClick={() => zoom(0)}>
          <IconFocusCentered size={16} />
        </ActionIcon>
      </Group>
    </div>
  );
}
