/** What every implementation answers, in the shape of the product. */
export type Reported = {
  id: string;
  stream: string;
  version: number;
  position: number;
  events: readonly string[];
  replayed: boolean;
};

export function reportedTask(id: string, version: number, position: number): Reported {
  return { id, stream: `task-${id}`, version, position, events: ['ProgressReported'], replayed: false };
}
