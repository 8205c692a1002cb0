/** An event was written in a later schema than this version knows: what it says cannot be known here. */
export class NewerSchema extends Error {
  override readonly name = 'NewerSchema';

  constructor(
    readonly position: number,
    readonly type: string,
    readonly schema: number,
    readonly known: number,
  ) {
    super(`event ${position} is a ${type} of schema ${schema}, and this version knows up to ${known}`);
  }
}

/** A subscription that names what it knows met an event of another type. */
export class UnknownEventType extends Error {
  override readonly name = 'UnknownEventType';

  constructor(
    readonly position: number,
    readonly type: string,
  ) {
    super(`unknown_event_type: event ${position} is a ${type}`);
  }
}

/** A sealed field is not what was sealed at this place: somebody changed or moved it, or its key is lost. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';

  constructor(
    readonly position: number,
    readonly pointer: string,
    why: string,
  ) {
    super(`event ${position}: the field ${pointer} cannot be opened: ${why}`);
  }
}
