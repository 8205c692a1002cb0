import { InvalidArgumentError } from 'commander';

/** A number within limits. @throws InvalidArgumentError */
export function wholeNumber(from: number, to: number): (text: string) => number {
  return text => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < from || number > to)
      throw new InvalidArgumentError(`It is a whole number from ${from} to ${to}.`);
    return number;
  };
}

/** A quarter such as 2023Q2. @throws InvalidArgumentError */
export function quarterOf(text: string): string {
  if (!/^\d{4}Q[1-4]$/.test(text)) throw new InvalidArgumentError('It looks like 2023Q2.');
  return text;
}

/** A day such as 2023-07-31. @throws InvalidArgumentError */
export function dayOf(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new InvalidArgumentError('It looks like 2023-07-31.');
  return text;
}

/** `001, 004` → its parts. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
}
