import type { KeyObject } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { algorithms } from './algorithms.ts';

/** A private key of ours, and the name it is published under. */
export interface CapKey {
	id: string;
	privateKey: KeyObject;
}

/** Signs a CAP message in its own last element (XML-DSig, enveloped; RSA-SHA256 over exclusive c14n). */
export function signCap(xml: string, { id, privateKey }: CapKey): string {
	const signing = new SignedXml({
		privateKey,
		signatureAlgorithm: algorithms.rsaSha256,
		canonicalizationAlgorithm: algorithms.exclusive,
		getKeyInfoContent: () => `<ds:KeyName>${id}</ds:KeyName>`
	});
	signing.addReference({
		xpath: '/*',
		uri: '',
		isEmptyUri: true,
		transforms: [algorithms.enveloped, algorithms.exclusive],
		digestAlgorithm: algorithms.sha256
	});
	signing.computeSignature(xml, { prefix: 'ds', location: { reference: '/*', action: 'append' } });
	return signing.getSignedXml();
}
