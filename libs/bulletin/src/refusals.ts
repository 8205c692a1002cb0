import { fieldRejection } from '@duban/event-store';

/** @throws Rejection `reason_needed` */
export function refuseWithoutReason(text: string, pointer: string): void {
  if (text.trim() === '') throw fieldRejection(pointer, 'reason_needed');
}
