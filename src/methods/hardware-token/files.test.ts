import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCsv } from './read-csv.ts';
import { readPskc } from './read-pskc.ts';

const key = Buffer.from('12345678901234567890123456789012', 'hex');

/** RFC 6030 §6.1, figure 6: keys and MAC key encrypted under a key that was agreed on. */
const figure6 = `<?xml version="1.0" encoding="UTF-8"?>
<pskc:KeyContainer Version="1.0" xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc"
  xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#">
 <pskc:EncryptionKey><ds:KeyName>Pre-shared-key</ds:KeyName></pskc:EncryptionKey>
 <pskc:MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1">
  <pskc:MACKey>
   <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
   <xenc:CipherData>
    <xenc:CipherValue>ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX</xenc:CipherValue>
   </xenc:CipherData>
  </pskc:MACKey>
 </pskc:MACMethod>
 <pskc:KeyPackage>
  <pskc:DeviceInfo><pskc:Manufacturer>Manufacturer</pskc:Manufacturer><pskc:SerialNo>987654321</pskc:SerialNo></pskc:DeviceInfo>
  <pskc:CryptoModuleInfo><pskc:Id>CM_ID_001</pskc:Id></pskc:CryptoModuleInfo>
  <pskc:Key Id="12345678" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp">
   <pskc:Issuer>Issuer</pskc:Issuer>
   <pskc:AlgorithmParameters><pskc:ResponseFormat Length="8" Encoding="DECIMAL"/></pskc:AlgorithmParameters>
   <pskc:Data>
    <pskc:Secret>
     <pskc:EncryptedValue>
      <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
      <xenc:CipherData>
       <xenc:CipherValue>AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv</xenc:CipherValue>
      </xenc:CipherData>
     </pskc:EncryptedValue>
     <pskc:ValueMAC>Su+NvtQfmvfJzF6bmQiJqoLRExc=</pskc:ValueMAC>
    </pskc:Secret>
    <pskc:Counter><pskc:PlainValue>0</pskc:PlainValue></pskc:Counter>
   </pskc:Data>
  </pskc:Key>
 </pskc:KeyPackage>
</pskc:KeyContainer>`;

test('RFC 6030 figure 6: an encrypted key is opened after its MAC was verified', () => {
  const { tokens, problems } = readPskc(figure6, key);
  assert.deepEqual(problems, []);
  const [token] = tokens;
  assert.equal(token?.secret.toString(), '12345678901234567890');
  assert.deepEqual(
    { ...token, secret: undefined, line: 0 },
    {
      line: 0,
      serial: '987654321',
      secret: undefined,
      moves: 'press',
      algorithm: 'sha1',
      digits: 8,
      period: 30,
      last: -1,
      manufacturer: 'Manufacturer',
      model: '',
      loginName: undefined,
    },
  );
});

test('with any sign of a key, its MAC or the MAC key altered, nothing of the file is taken', () => {
  for (const value of [
    'ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX',
    'AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv',
    'Su+NvtQfmvfJzF6bmQiJqoLRExc=',
  ]) {
    const bytes = Buffer.from(value, 'base64');
    for (let i = 0; i < bytes.length; i++) {
      const altered = Buffer.from(bytes);
      altered[i] = (altered[i] ?? 0) ^ 1;
      const { tokens, problems } = readPskc(figure6.replace(value, altered.toString('base64')), key);
      assert.deepEqual(tokens, [], `${value} byte ${i}`);
      assert.equal(problems.length, 1);
    }
  }
  assert.equal(readPskc(figure6, undefined).problems[0]?.problem, 'key-needed');
  assert.deepEqual(readPskc(figure6, Buffer.alloc(16)).tokens, []);
  const unmarked = figure6.replace(/<pskc:ValueMAC>.*<\/pskc:ValueMAC>/, '');
  assert.equal(readPskc(unmarked, key).problems[0]?.problem, 'mac');
});

/** RFC 6030 §6.2, figure 7: the key follows from a password. */
const byPassword = `<pskc:EncryptionKey><xenc11:DerivedKey xmlns:xenc11="http://www.w3.org/2009/xmlenc11#">
  <xenc11:KeyDerivationMethod Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2">
   <pkcs5:PBKDF2-params xmlns:pkcs5="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#">
    <Salt><Specified>Ej7/PEpyEpw=</Specified></Salt>
    <IterationCount>1000</IterationCount><KeyLength>16</KeyLength><PRF/>
   </pkcs5:PBKDF2-params>
  </xenc11:KeyDerivationMethod>
  <xenc:ReferenceList><xenc:DataReference URI="#ED"/></xenc:ReferenceList>
  <xenc11:MasterKeyName>My Password 1</xenc11:MasterKeyName>
 </xenc11:DerivedKey></pskc:EncryptionKey>`;

/** RFC 6030 §6.3, figure 8: sealed for the holder of a certificate, with RSA and without a MAC. */
const forCertificate = `<pskc:EncryptionKey><ds:X509Data><ds:X509Certificate>MIIB5zCCAVCgAwIBAgIESZp/vDANBgkqhkiG9w0BAQUF</ds:X509Certificate></ds:X509Data></pskc:EncryptionKey>`;

const aes128 = 'http://www.w3.org/2001/04/xmlenc#aes128-cbc';

test('a file that is sealed in another way says which, and asks for no key that could not help', () => {
  const sealedBy = (other: string): string =>
    figure6.replace(/<pskc:EncryptionKey>.*?<\/pskc:EncryptionKey>/s, other);
  const rsa = sealedBy(forCertificate)
    .replace(/<pskc:MACMethod.*?<\/pskc:MACMethod>/s, '')
    .replaceAll(aes128, 'http://www.w3.org/2001/04/xmlenc#rsa_1_5');
  const withCipher = (name: string): string =>
    figure6.replaceAll(aes128, `http://www.w3.org/2001/04/xmlenc#${name}`);
  for (const [text, problem, value] of [
    [sealedBy(byPassword), 'sealed-by-password'],
    [rsa, 'sealed-for-certificate'],
    [withCipher('aes256-cbc'), 'sealed-otherwise', 'aes256-cbc'],
    [withCipher('tripledes-cbc'), 'sealed-otherwise', 'tripledes-cbc'],
    [withCipher('kw-aes128'), 'sealed-otherwise', 'kw-aes128'],
    [figure6.replace(aes128, ''), 'sealed-otherwise', ''],
  ] as const)
    for (const given of [undefined, key, Buffer.alloc(32)])
      assert.deepEqual(readPskc(text, given), {
        tokens: [],
        problems: [{ line: 1, problem, ...(value === undefined ? {} : { value }) }],
      });
  for (const length of [0, 15, 24, 32])
    assert.equal(readPskc(figure6, Buffer.alloc(length)).problems[0]?.problem, 'key-length');
});

test('a file that does not say by which key it is sealed is opened by the one that was given, and no clear key is taken beside sealed ones', () => {
  const unnamed = figure6.replace(/<pskc:EncryptionKey>.*?<\/pskc:EncryptionKey>/s, '');
  assert.equal(readPskc(unnamed, undefined).problems[0]?.problem, 'key-needed');
  assert.equal(readPskc(unnamed, key).tokens[0]?.secret.toString(), '12345678901234567890');
  const clear = '<pskc:Secret><pskc:PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</pskc:PlainValue></pskc:Secret>';
  const [, pack = ''] = /(<pskc:KeyPackage>.*<\/pskc:KeyPackage>)/s.exec(figure6) ?? [];
  const beside = pack.replace('987654321', '1').replace(/<pskc:Secret>.*<\/pskc:Secret>/s, clear);
  const both = figure6.replace('</pskc:KeyContainer>', `${beside}</pskc:KeyContainer>`);
  assert.deepEqual(readPskc(both, key).tokens, []);
  assert.equal(readPskc(both, key).problems[0]?.problem, 'mac');
});

test('a file with a document type, entities or broken tags is not read at all', () => {
  const evil = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>`;
  for (const text of [
    figure6.replace('?>', `?>${evil}`),
    figure6.replace('?>', '?><!doctype x>'),
    figure6.replace('987654321', '&e;'),
    figure6.slice(0, 900),
    '<a/>',
    '<pskc:KeyContainer xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc"/>',
    '<',
  ]) {
    const { tokens, problems } = readPskc(text, key);
    assert.deepEqual(tokens, []);
    assert.equal(problems.length, 1);
  }
});

test('a key in clear, moving with time, 60 seconds and SHA-256', () => {
  const text = `<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc"><KeyPackage>
    <DeviceInfo><Manufacturer>M</Manufacturer><SerialNo>t-1</SerialNo><Model>C200</Model></DeviceInfo>
    <Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:totp">
    <AlgorithmParameters><Suite>HMAC-SHA256</Suite><ResponseFormat Length="6" Encoding="DECIMAL"/></AlgorithmParameters>
    <Data><Secret><PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue></Secret>
    <TimeInterval><PlainValue>60</PlainValue></TimeInterval></Data></Key></KeyPackage></KeyContainer>`;
  const [token] = readPskc(text, undefined).tokens;
  assert.deepEqual(
    [token?.serial, token?.moves, token?.period, token?.algorithm, token?.model],
    ['T-1', 'time', 60, 'sha256', 'C200'],
  );
});

test("Entra's CSV: every fault by its line", () => {
  const head = 'upn,serial number,secret key,time interval,manufacturer,model';
  const good = 'a@x.example,1234567,2234567ABCDEFGHI2234567ABCDEFGHI,60,Contoso,HardwareKey';
  const { tokens, problems } = readCsv(`\ufeff${head}\r\n${good}\r\n`);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    [tokens[0]?.serial, tokens[0]?.period, tokens[0]?.secret.length, tokens[0]?.loginName],
    ['1234567', 60, 20, 'a@x.example'],
  );
  assert.equal(readCsv('serial,secret\n1,2').problems[0]?.problem, 'columns');
  const faulty = readCsv(
    [
      head,
      ',7,MZXW6YTB,30,M,T',
      ',8,1111111111111111,30,M,T',
      `,9 /\\,AAAAAAAAAAAAAAAA,30,M,T`,
      ',10,AAAAAAAAAAAAAAAA,45,M,T',
      ',11',
    ].join('\n'),
  );
  assert.deepEqual(
    faulty.problems.map(({ line, problem }) => `${line} ${problem}`),
    ['2 secret', '3 secret', '4 serial', '5 interval', '6 columns'],
  );
});
