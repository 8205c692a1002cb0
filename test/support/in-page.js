// Runs inside a page that a spec looks at: what a reader would measure with eyes and a ruler.
const all = selector => [...document.querySelectorAll(selector)];
const numbers = colour => (colour.match(/[\d.]+/g) ?? []).map(Number);
const words = element => element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40);

/** Relative luminance as WCAG 2 defines it. */
function luminance(colour) {
  const [red, green, blue] = numbers(colour).map(part => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function behind(element) {
  if (!element) return 'rgb(255, 255, 255)';
  const { backgroundColor } = getComputedStyle(element);
  return numbers(backgroundColor)[3] === 0 ? behind(element.parentElement) : backgroundColor;
}

const hasText = element =>
  [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
const texts = () => all('body *').filter(element => hasText(element) && element.checkVisibility());

globalThis.inPage = {
  /** Opens or closes everything that opens on a click. */
  unfold(open) {
    for (const each of all('details')) each.open = open;
  },

  /** Every visible text with its contrast to what lies behind it and the size of its letters. */
  texts: () =>
    texts().map(element => {
      const { color, fontSize } = getComputedStyle(element);
      const [low, high] = [luminance(color), luminance(behind(element))].sort((a, b) => a - b);
      return { text: words(element), contrast: (high + 0.05) / (low + 0.05), pixels: parseFloat(fontSize) };
    }),

  /** The texts that stick out of the window, be it only with their last letter. */
  tooWide() {
    const { clientWidth, scrollWidth } = document.documentElement;
    const out = texts().filter(element => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return range.getBoundingClientRect().right > clientWidth + 1;
    });
    return [...out.map(words), ...(scrollWidth > clientWidth ? [`the page: ${scrollWidth}`] : [])];
  },

  /** How many of these cannot be seen. */
  hidden: selector => all(selector).filter(element => !element.checkVisibility()).length,
};
