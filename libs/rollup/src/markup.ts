/** A piece of a page that is safe to put into another: only `html` makes it. */
export class Markup {
  /** Use `html`. */
  constructor(readonly text: string) {}
}

type Piece = Markup | string | number | null | undefined | false | readonly Piece[];

/**
 * Writes HTML with everything escaped that is not itself `Markup`. Lists are put one after the other; null, undefined and false
 * are nothing.
 * @example html`<b>${'<i>'}</b>` // <b>&lt;i&gt;</b>
 */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Markup(texts.reduce((page, text, index) => page + written(pieces[index - 1] ?? null) + text));
}

function written(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return '';
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === 'object') return piece.map(written).join('');
  return escaped(String(piece));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// Marks that turn the direction of writing reach beyond the text that they stand in, so they are left out.
const turning = /[\u202a-\u202e\u2066-\u2069]/g;

function escaped(text: string): string {
  return text.replace(turning, '').replace(/[&<>"']/g, character => entities[character] ?? character);
}
