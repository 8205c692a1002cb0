/** The languages that sentences for people exist in. */
export type Language = 'zh' | 'en';

/**
 * Picks the language that the caller likes best; Chinese when none or neither is asked for.
 *
 * @param header Accept-Language of RFC 9110, such as `en-GB,en;q=0.8,zh;q=0.5`
 */
export function languageOf(header: string | undefined): Language {
  const wishes = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map(parseWish)
    .filter(({ quality }) => quality > 0);
  wishes.sort((a, b) => b.quality - a.quality);
  for (const { language } of wishes) {
    if (language === 'zh' || language === 'en') return language;
  }
  return 'zh';
}

function parseWish(part: string): { language: string; quality: number } {
  const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
  const quality = parameters
    .map(each => /^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$/.exec(each)?.[1])
    .find(Boolean);
  return { language: tag.split('-')[0]!.trim(), quality: quality === undefined ? 1 : Number(quality) };
}
