import { createHash, createHmac } from 'node:crypto';

/** What a request to an S3-compatible store is signed with (AWS Signature Version 4). */
export type S3Credentials = { region: string; keyId: string; secret: string };

/** A request as it is signed. `payloadSha256`: of the body, in hexadecimal digits. */
export type S3Request = { method: string; url: URL; payloadSha256: string; at: Date };

/**
 * The headers that sign a request, `host` among them: to be sent as they are.
 * @example send(url, { headers: s3Headers({ method: 'GET', url, payloadSha256: emptySha256, at: new Date() }, credentials) });
 */
export function s3Headers(
  { method, url, payloadSha256, at }: S3Request,
  { region, keyId, secret }: S3Credentials,
): Record<string, string> {
  const instant = at.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = instant.slice(0, 8);
  const signed = { host: url.host, 'x-amz-content-sha256': payloadSha256, 'x-amz-date': instant };
  const names = Object.keys(signed).join(';');
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  const asked = [method, url.pathname, queryOf(url), lines.join(''), names, payloadSha256].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', instant, scope, hexOf(asked)].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (from, word) => createHmac('sha256', from).update(word).digest(),
    `AWS4${secret}`,
  );
  const signature = createHmac('sha256', key).update(text).digest('hex');
  return {
    ...signed,
    authorization: `AWS4-HMAC-SHA256 Credential=${keyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

/** Of a request without a body. */
export const emptySha256 = hexOf('');

function hexOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function queryOf({ searchParams }: URL): string {
  const pairs = [...searchParams].map(pair => pair.map(encodeURIComponent).join('='));
  return pairs.sort().join('&');
}
