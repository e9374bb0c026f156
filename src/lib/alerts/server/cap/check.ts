import { createPublicKey, type KeyObject } from 'node:crypto';
import { strictSignedXml } from './algorithms.ts';
import { signatureNamespace, type CapAlert } from './document.ts';
import { parseXml, readCap } from './read.ts';

/** A public key we hold to be somebody's, because a person put it there: nothing in a message can add one. */
export interface PinnedKey {
	id: string;
	owner: string;
	publicKey: KeyObject;
}

/** Who stands behind a message. `unknown` is worth no more than `unsigned`. */
export type Signer =
	| { kind: 'unsigned' }
	| { kind: 'unknown' }
	| { kind: 'changed' }
	| { kind: 'known'; key: PinnedKey };

/**
 * Reads a CAP message and finds out who signed it, trusting the pinned keys alone. Of a signed
 * message only what the signature covers is read.
 * @throws NotCap
 */
export function readSignedCap(
	xml: string,
	pinned: readonly PinnedKey[]
): { alert: CapAlert; signer: Signer } {
	const root = parseXml(xml);
	const signatures = Array.from(root.getElementsByTagNameNS(signatureNamespace, 'Signature'));
	const plain = { alert: readCap(xml), signer: { kind: 'unsigned' } as Signer };
	if (!signatures.length) return plain;
	if (signatures.length > 1 || signatures[0].parentNode !== root || hasInherited(root))
		return { ...plain, signer: { kind: 'changed' } };

	let intact = false;
	for (const key of pinned) {
		const checked = check(xml, signatures[0], key.publicKey);
		if (checked.signed) return { alert: readCap(checked.signed), signer: { kind: 'known', key } };
		intact ||= checked.intact;
	}
	intact ||= !pinned.length && check(xml, signatures[0], somebody).intact;
	return { ...plain, signer: { kind: intact ? 'unknown' : 'changed' } };
}

/** `xml:…` above a signature means different things to different canonical forms. CAP has no use for it. */
const hasInherited = (root: Element) =>
	Array.from(root.attributes).some(({ name }) => /^xml:(id|base)$/.test(name));

/** Whether what is signed is as it was (`intact`), and that text when this key signed it. */
function check(
	xml: string,
	signature: Element,
	key: KeyObject
): { intact: boolean; signed?: string } {
	const checking = strictSignedXml(key.export({ type: 'spki', format: 'pem' }));
	try {
		checking.loadSignature(signature as unknown as Node);
		const [reference, more] = checking.getReferences();
		if (more || reference.uri !== '') return { intact: false };
		const valid = checking.checkSignature(xml);
		return { intact: valid, signed: valid ? checking.getSignedReferences()[0] : undefined };
	} catch (reason) {
		// The digests fit, the signature over them does not: somebody else signed it.
		return { intact: /the signature value/.test(String(reason)) };
	}
}

/** A key that signed nothing: with it only the digests are looked at. */
const somebody = createPublicKey(
	'-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n'
);
