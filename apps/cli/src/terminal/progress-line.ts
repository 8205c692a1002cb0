const width = 24;

/** `verifying [########----------------] 34 %, 41 000 events a second`: what a long walk along the log shows. */
export function progressLine(what: string, done: number, total: number, eventsPerSecond: number): string {
  const part = total > 0 ? Math.min(done / total, 1) : 1;
  const full = Math.floor(part * width);
  const bar = '#'.repeat(full) + '-'.repeat(width - full);
  const rate = eventsPerSecond.toLocaleString('en').replaceAll(',', ' ');
  return `${what} [${bar}] ${Math.floor(part * 100)} %, ${rate} events a second`;
}
