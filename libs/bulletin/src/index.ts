export { bulletinDecider } from './bulletin.js';
export { type Bulletin, streamOf } from './bulletin-model.js';
export type {
  BulletinCommand,
  BulletinEvent,
  Correction,
  Effect,
  Explanation,
  NotedCorrection,
  Publication,
  PublishedEdition,
  Reading,
  Restatement,
  Watermark,
} from './bulletin-model.js';
export { isPending } from './corrections.js';
