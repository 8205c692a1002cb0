import { type LoadedStream } from './stream.js';

/** What an entry takes beside its state, in characters. */
const overhead = 500;

/** Versions are kept of twice so many streams. */
const mostVersions = 10_000;

/**
 * The states of streams as this process last saw them. What it holds may be old: an append compares version and hash,
 * and whoever loses has the entry dropped. It keeps what was used lately and what was used before that; when the first
 * half is full, the second is forgotten.
 */
export class StreamCache {
  private recent = new Map<string, LoadedStream>();
  private older = new Map<string, LoadedStream>();
  private size = 0;
  private known = 0;
  private versions = { recent: new Map<string, number>(), older: new Map<string, number>() };

  /** @param limit how many characters of JSON it may come to; 0 keeps nothing */
  constructor(private readonly limit: number) {}

  get(stream: string): LoadedStream | undefined {
    return this.recent.get(stream) ?? this.older.get(stream);
  }

  /** How often all states had been folded anew when those here were read. */
  get folds(): number {
    return this.known;
  }

  /** Forgets everything when it was folded anew since. */
  isOutdated(folds: number): boolean {
    if (folds === this.known) return false;
    this.forget();
    this.forget();
    this.known = folds;
    return true;
  }

  has(stream: string): boolean {
    return this.recent.has(stream) || this.older.has(stream);
  }

  /** The version that it was last seen at, also where its state is not kept; 0 when that is long ago. */
  versionOf(stream: string): number {
    return this.versions.recent.get(stream) ?? this.versions.older.get(stream) ?? 0;
  }

  /** Keeps a state of so many characters, unless a later version is known. */
  put(stream: string, { state, version, hash }: LoadedStream, characters: number): void {
    this.keepVersion(stream, version);
    const known = this.get(stream);
    if (known && known.version > version) return;
    const size = characters + overhead;
    if (size > this.limit / 2) return this.drop(stream);
    if (this.size + size > this.limit / 2) this.forget();
    this.older.delete(stream);
    this.recent.set(stream, { state, version, hash }); // without whatever else is known of it
    this.size += size; // also when it replaces another: who is written often counts often, and is forgotten no sooner
  }

  drop(stream: string): void {
    this.recent.delete(stream);
    this.older.delete(stream);
  }

  private keepVersion(stream: string, version: number): void {
    if (this.versions.recent.size >= mostVersions)
      this.versions = { recent: new Map(), older: this.versions.recent };
    this.versions.recent.set(stream, Math.max(version, this.versionOf(stream)));
  }

  private forget(): void {
    this.older = this.recent;
    this.recent = new Map();
    this.size = 0;
  }
}
