/** Values that stand in events of every aggregate. Stored for ever: add optional fields, never rename one. */

/** The paper behind a decision: an official document's number and day, and the hash of its file if it was kept. */
export type Paper = { number: string; on: string; sha256?: string };

/** Something that shows that a report is true: a stored file (by hash) or a link. */
export type Evidence = { title: string; sha256?: string; url?: string };

/**
 * A day by which something is owed. `stated` stands in the document, `presumed` follows from a default until the
 * office confirms it; the day itself is inclusive: overdue begins the day after. `every`: 每年, `on` is the first of them.
 */
export type Due = { on: string; basis: 'stated' | 'presumed'; clause: string; every?: 'year' };
