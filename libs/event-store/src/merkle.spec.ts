import { createHash } from 'node:crypto';
import { MerkleTree } from './merkle.js';

const rootOf = (...entries: string[]) => {
  const tree = new MerkleTree();
  entries.forEach(entry => tree.add(Buffer.from(entry, 'hex')));
  return tree.root().toString('hex');
};

describe('the root of a Merkle tree', () => {
  // The entries and roots that implementations of certificate transparency are tried with.
  const entries = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  it.each([
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [4, 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
    [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
    [6, '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
    [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('is the known one for %i entries', (count, root) =>
    expect(rootOf(...entries.slice(0, count))).toBe(root),
  );

  it('is the hash of nothing without entries', () =>
    expect(rootOf()).toBe(createHash('sha256').digest('hex')));

  it('splits at the largest power of two, for any number of entries', () => {
    const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
    const defined = (leaves: Buffer[]): Buffer => {
      if (leaves.length === 1) return sha(Buffer.of(0), leaves[0]!);
      const half = 2 ** Math.floor(Math.log2(leaves.length - 1));
      return sha(Buffer.of(1), defined(leaves.slice(0, half)), defined(leaves.slice(half)));
    };
    for (let count = 1; count <= 70; count++) {
      const leaves = Array.from({ length: count }, (_, nth) => Buffer.from(`entry ${nth}`));
      expect(rootOf(...leaves.map(leaf => leaf.toString('hex')))).toBe(defined(leaves).toString('hex'));
    }
  });

  it('tells order, and one entry from two', () => {
    expect(rootOf('00', '01')).not.toBe(rootOf('01', '00'));
    expect(rootOf('0001')).not.toBe(rootOf('00', '01'));
  });
});
