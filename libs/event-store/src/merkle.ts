import { hash } from 'node:crypto';

// Leaves and nodes are hashed behind different bytes, so that no node can pass for a leaf.
const leafMark = Buffer.of(0);
const nodeMark = Buffer.of(1);

/**
 * The root of a Merkle tree over entries that come one after the other, as RFC 6962, section 2.1, defines it:
 * a leaf is sha256(0x00 ‖ entry), a node sha256(0x01 ‖ left ‖ right), and the left part of every tree holds the largest
 * power of two that is smaller than the whole. It keeps one hash for each power of two, however many entries there are.
 * @example const tree = new MerkleTree(); leaves.forEach(leaf => tree.add(leaf)); tree.root().toString('hex');
 */
export class MerkleTree {
  /** Roots of full subtrees, the largest first, each with its number of entries. */
  private readonly full: { root: Buffer; entries: number }[] = [];
  private count = 0;

  get entries(): number {
    return this.count;
  }

  add(entry: Uint8Array): void {
    this.count += 1;
    let added = { root: hash('sha256', Buffer.concat([leafMark, entry]), 'buffer') as Buffer, entries: 1 };
    for (let last = this.full.at(-1); last?.entries === added.entries; last = this.full.at(-1)) {
      this.full.pop();
      added = { root: nodeOf(last.root, added.root), entries: added.entries * 2 };
    }
    this.full.push(added);
  }

  /** sha256 of nothing for a tree without entries. */
  root(): Buffer {
    const [last, ...larger] = [...this.full].reverse();
    if (!last) return hash('sha256', Buffer.alloc(0), 'buffer');
    return larger.reduce((right, { root }) => nodeOf(root, right), last.root);
  }
}

const nodeOf = (left: Uint8Array, right: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([nodeMark, left, right]), 'buffer');
