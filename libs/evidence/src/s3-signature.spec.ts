import { emptySha256, s3Headers } from './s3-signature.js';

// The examples that the makers of the signature publish, with the credentials of their manual.
const credentials = {
  region: 'us-east-1',
  keyId: 'AKIAIOSFODNN7EXAMPLE',
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const host = 'https://examplebucket.s3.amazonaws.com';

describe('the signature of a request', () => {
  it.each([
    [`${host}/?lifecycle`, 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
    [`${host}/?max-keys=2&prefix=J`, '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
    [`${host}/?prefix=J&max-keys=2`, '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
  ])('for %s is the published one', (url, signature) => {
    const at = new Date('2013-05-24T00:00:00Z');
    const signed = s3Headers(
      { method: 'GET', url: new URL(url), payloadSha256: emptySha256, at },
      credentials,
    );
    expect(signed).toEqual({
      host: 'examplebucket.s3.amazonaws.com',
      'x-amz-content-sha256': emptySha256,
      'x-amz-date': '20130524T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, ' +
        `SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signature}`,
    });
  });
});
