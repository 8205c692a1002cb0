/** More commands are waiting than the store takes on: nothing was written, and the same command may be sent again soon. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull';

  constructor(readonly waiting: number) {
    super(`${waiting} commands are waiting to be written`);
  }
}
