/** What a browser's own description says, in a few words: "Firefox, Windows". */
export function deviceName(description: string): string {
  const browser = /Edg\//.test(description)
    ? 'Edge'
    : /OPR\//.test(description)
      ? 'Opera'
      : /Firefox\//.test(description)
        ? 'Firefox'
        : /Chrom(e|ium)\//.test(description)
          ? 'Chrome'
          : /Safari\//.test(description)
            ? 'Safari'
            : (description.split(/[\s/]/)[0] ?? '');
  const system = /iPhone|iPad/.test(description)
    ? 'iOS'
    : /Android/.test(description)
      ? 'Android'
      : /Windows/.test(description)
        ? 'Windows'
        : /Mac OS X/.test(description)
          ? 'macOS'
          : /Linux|X11/.test(description)
            ? 'Linux'
            : '';
  return [browser, system].filter(Boolean).join(', ') || description || '?';
}
