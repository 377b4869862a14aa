import { ActionIcon, Button, FileButton, Menu } from '@mantine/core';
import {
  IconCode,
  IconDots,
  IconDownload,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconUpload,
} from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/rights';
import { toast } from '@/components/toasts';
import { readDocument } from '@/lib/bpmn/document';
import { type Automation, isLive } from '../api/getAutomation';

interface Props {
  automation: Automation;
  bpmn: string;
  unsaved: boolean;
  checking: boolean;
  onPause: () => void;
  onResume: () => void;
  onCheck: () => void;
  onPublish: () => void;
  onUnpublish: () => void;
  onImport: (bpmn: string) => void;
  onText: () => void;
}

function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/xml' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** What can be done with an automation, at the right of its title. */
export function EditorActions(props: Props) {
  const { automation, bpmn, unsaved, checking, onImport } = props;
  /** So that the same file can be chosen again. */
  const forget = useRef<(() => void) | null>(null);
  const { t } = useTranslation();
  const live = isLive(automation);
  const mayEdit = useMay('automations', 'edit');

  const open = async (file: File | null) => {
    if (!file) return;
    const text = await file.text();
    if (readDocument(text)) onImport(text);
    else toast(t('editor.notBpmn', { why: file.name }), { kind: 'bad' });
  };

  return (
    <>
      {mayEdit && automation.state === 'published' && (
        <Button variant="default" leftSection={<IconPlayerPause size={14} />} onClick={props.onPause}>
          {t('editor.pause')}
        </Button>
      )}
      {mayEdit && automation.state === 'paused' && (
        <Button variant="default" leftSection={<IconPlayerPlay size={14} />} onClick={props.onResume}>
          {t('editor.resume')}
        </Button>
      )}
      {mayEdit && (
        <>
          <Button variant="default" loading={checking} onClick={props.onCheck}>
            {t('editor.check')}
          </Button>
          <Button disabled={live && !automation.draftChanged && !unsaved} onClick={props.onPublish}>
            {t('editor.publish')}
          </Button>
        </>
      )}
      <Menu position="bottom-end" transitionProps={{ duration: 80 }}>
        <Menu.Target>
          <ActionIcon size={30} variant="default" aria-label={t('common.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayEdit && (
            <FileButton
              resetRef={forget}
              onChange={(file) => {
                forget.current?.();
                void open(file);
              }}
              accept=".bpmn,.xml"
            >
              {(button) => (
                <Menu.Item {...button} leftSection={<IconUpload size={16} />} closeMenuOnClick={false}>
                  {t('editor.import')}
                </Menu.Item>
              )}
            </FileButton>
          )}
          <Menu.Item
            leftSection={<IconDownload size={16} />}
            onClick={() => download(`${automation.key}.bpmn`, bpmn)}
          >
            {t('editor.export')}
          </Menu.Item>
          {mayEdit && (
            <Menu.Item leftSection={<IconCode size={16} />} onClick={props.onText}>
              {t('editor.asText')}
            </Menu.Item>
          )}
          {mayEdit && live && (
            <Menu.Item leftSection={<IconPlayerStop size={16} />} color="red" onClick={props.onUnpublish}>
              {t('editor.unpublish')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
