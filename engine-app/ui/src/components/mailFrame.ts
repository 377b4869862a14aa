/** A mail's own page, cut off from everything around it: no scripts, no forms, nothing loaded from outside. */
export function mailFrame(html: string): string {
  const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><base target="_blank"><style>body{font:14px/20px system-ui,sans-serif;margin:16px;color:#1c2126;background:#fff;overflow-wrap:anywhere}img{max-width:100%}</style>${html}`;
}
