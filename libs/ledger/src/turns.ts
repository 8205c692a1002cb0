/**
 * One look for all who ask at the same time. Whoever asks while a look is under way gets the next one, because what
 * is being looked at may be older than the question: so no answer is ever older than its question.
 */
export class Turns<T> {
  private current: Promise<unknown> = Promise.resolve();
  private next: Promise<T> | null = null;

  constructor(private readonly look: () => Promise<T>) {}

  /** What a look finds that begins now or later. @throws what the look throws */
  ask(): Promise<T> {
    this.next ??= this.turn();
    return this.next;
  }

  private async turn(): Promise<T> {
    await this.current.catch(() => undefined); // its own askers were told
    this.next = null;
    const looking = this.look();
    this.current = looking;
    return looking;
  }
}
