import { createSign, createVerify, type BinaryLike, type KeyLike } from 'node:crypto';
import { C14nCanonicalization, SignedXml, type SignatureAlgorithm } from 'xml-crypto';

/** By the names XML Signature has for them. What is not listed here is not trusted: no SHA-1, no shared secrets. */
export const algorithms = {
	enveloped: 'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
	exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
	inclusive: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
	inclusive11: 'http://www.w3.org/2006/12/xml-c14n11',
	sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
	sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
	rsaSha256: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
	rsaSha512: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
	ecdsaSha256: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256'
} as const;

/** Canonical XML 1.1 differs from 1.0 only for `xml:id` and `xml:base` above a part: whoever checks refuses those. */
class Canonical11 extends C14nCanonicalization {
	override getAlgorithmName = () => algorithms.inclusive11;
}

/** A signature of one kind. A key of another kind verifies nothing, and breaks nothing. */
const signature = (name: string, padding: { dsaEncoding?: 'ieee-p1363' }, hash = 'sha256') =>
	class implements SignatureAlgorithm {
		getAlgorithmName = () => name;
		getSignature(signedInfo: BinaryLike, key: KeyLike): string {
			return createSign(hash)
				.update(signedInfo)
				.sign({ key: key as string, ...padding }, 'base64');
		}
		verifySignature(material: string, key: KeyLike, value: string): boolean {
			try {
				return createVerify(hash)
					.update(material)
					.verify({ key: key as string, ...padding }, value, 'base64');
			} catch {
				return false;
			}
		}
	} as unknown as new () => SignatureAlgorithm;

/** ECDSA as XML Signature writes it: r and s one after the other, not the DER that TLS knows. */
const ecdsa = { dsaEncoding: 'ieee-p1363' } as const;

const { enveloped, exclusive, inclusive, inclusive11 } = algorithms;
const { sha256, sha512, rsaSha256, rsaSha512, ecdsaSha256 } = algorithms;

const only = <T>(table: Record<string, T>, names: string[]) =>
	Object.fromEntries(names.map((name) => [name, table[name]]));

/** A checker that knows these algorithms and no others. */
export function strictSignedXml(publicCert: KeyLike): SignedXml {
	const checking = new SignedXml({ publicCert, getCertFromKeyInfo: () => null });
	checking.CanonicalizationAlgorithms = {
		...only(checking.CanonicalizationAlgorithms, [enveloped, exclusive, inclusive]),
		[inclusive11]: Canonical11
	};
	checking.HashAlgorithms = only(checking.HashAlgorithms, [sha256, sha512]);
	checking.SignatureAlgorithms = {
		[rsaSha256]: signature(rsaSha256, {}),
		[rsaSha512]: signature(rsaSha512, {}, 'sha512'),
		[ecdsaSha256]: signature(ecdsaSha256, ecdsa)
	};
	return checking;
}
