import { mailFrame } from './mailFrame';

/** HTML of a mail as its readers see it, in a page of its own. */
export function HtmlFrame({ html, title, height = 140 }: { html: string; title: string; height?: number }) {
  return (
    <iframe
      title={title}
      style={{
        width: '100%',
        height,
        border: '1px solid var(--ll-line)',
        borderRadius: 6,
        background: '#fff',
      }}
      sandbox=""
      referrerPolicy="no-referrer"
      srcDoc={mailFrame(html)}
    />
  );
}
