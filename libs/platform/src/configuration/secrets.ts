const samples =
  /^(change[-_ ]?(me|it|this)|secret|password|passw0rd|postgres|redis|admin|root|test|default|123456\d*)$/i;
const placeholders = /example|sample|placeholder|your[-_ ]|change[-_ ]?me|xxxx|<.*>/i;

/** Whether a secret looks like one from a manual: whoever reads that manual would have it too. */
export function isSampleSecret(secret: string): boolean {
  const text = secret.replace(/^whsec_/, '');
  return samples.test(text) || placeholders.test(text) || new Set(text).size < 4;
}

/** The password inside a URL, or null. */
export function passwordIn(url: string): string | null {
  return URL.canParse(url) && new URL(url).password !== '' ? decodeURIComponent(new URL(url).password) : null;
}
